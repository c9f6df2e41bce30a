#pragma once

#include <mica/layer.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// Flatten: the same numbers as one row.
//   y = x,   dx = dy
// Dense takes any shape and needs no Flatten in front; this is for layers that look at the extents.
// Shape: any -> [its size]. Params, Stats, Cache: none; works in place, where it does nothing at all.
// Memory: none; only at either end of a network it copies.
struct Flatten {
  template <class Input, class T = float>
  struct On : LayerDefaults<On<Input, T>, Input, Shape<Input::size>, T> {
    using Output = Shape<Input::size>;
    static constexpr bool in_place = true;
    static constexpr bool keeps_values = true;

    template <class Params, class Stats>
    static void infer(const Params&, const Stats&, BatchView<const T, Input> x, BatchView<T, Output> y, T*) {
      kernels::move<T>(x.count(), x.data, y.data);
    }
    template <class Params, class Cache>
    static void backward(const Params&, Params&, const Cache&, BatchView<const T, Input>, BatchView<const T, Output>,
                         BatchView<T, Output> dy, BatchView<T, Input> dx, StepContext<T>) {
      if (dx.data == nullptr) return;
      kernels::move<T>(dy.count(), dy.data, dx.data);
    }
  };

  template <class Writer>
  static constexpr void describe(Writer& writer) {
    writer << "Flatten";
  }
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
