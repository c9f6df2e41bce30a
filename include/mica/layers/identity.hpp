#pragma once

#include <mica/layer.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// Identity: nothing at all.
//   y = x,   dx = dy
// Shape: any, kept. Params, Stats, Cache: none; works in place, where it does nothing. Memory: none.
struct Identity {
  template <class Input, class T = float>
  struct On : LayerDefaults<On<Input, T>, Input, Input, T> {
    static constexpr bool in_place = true;
    static constexpr bool keeps_values = true;

    template <class Params, class Stats>
    static void infer(const Params&, const Stats&, BatchView<const T, Input> x, BatchView<T, Input> y, T*) {
      kernels::move<T>(x.count(), x.data, y.data);
    }
    template <class Params, class Cache>
    static void backward(const Params&, Params&, const Cache&, BatchView<const T, Input>, BatchView<const T, Input>,
                         BatchView<T, Input> dy, BatchView<T, Input> dx, StepContext<T>) {
      if (dx.data != nullptr) kernels::move<T>(dy.count(), dy.data, dx.data);
    }
  };

  template <class Writer>
  static constexpr void describe(Writer& writer) {
    writer << "Identity";
  }
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
