#pragma once

#include <mica/layer.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// Reshape: the same numbers under other extents, for instance a row as an image: Reshape<7, 7, 16> behind Dense<784>.
//   y = x,   dx = dy
// Shape: any -> [extents...]. Params, Stats, Cache: none; works in place, where it does nothing at all.
// Memory: none; only at either end of a network it copies.
// Errors: extents that do not hold as many numbers as the input do not compile.
template <int... extents>
struct Reshape {
  static_assert(sizeof...(extents) > 0 && ((extents > 0) && ...), "mica::Reshape: every extent must be at least 1.");

  template <class Input, class T = float>
  struct On : LayerDefaults<On<Input, T>, Input, Shape<extents...>, T> {
    using Output = Shape<extents...>;
    static constexpr bool in_place = true;
    static constexpr bool keeps_values = true;
    static_assert(Output::size == Input::size,
                  "mica::Reshape: the extents must hold as many numbers as the input does.");

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
    int dimension = 0;
    writer << "Reshape<";
    ((writer << (dimension++ == 0 ? "" : ", ") << extents), ...);
    writer << ">";
  }
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
