#pragma once

#include <mica/layer.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// Sigmoid: the logistic function.
//   y = 1 / (1 + exp(-x))        dx = dy y (1 - y)
// Below x = -44 the result is exactly 0. Shape: any, kept. Params, Stats, Cache: none; works in place. Memory: none.
struct Sigmoid {
  template <class Input, class T = float>
  struct On : LayerDefaults<On<Input, T>, Input, Input, T> {
    static constexpr bool in_place = true;
    static constexpr bool needs_output = true;
    static constexpr Activation activation = {Activation::sigmoid, 0};

    template <class Params, class Stats>
    static void infer(const Params&, const Stats&, BatchView<const T, Input> x, BatchView<T, Input> y, T*) {
      kernels::sigmoid(x.count(), x.data, y.data);
    }
    template <class Params, class Cache>
    static void backward(const Params&, Params&, const Cache&, BatchView<const T, Input>, BatchView<const T, Input> y,
                         BatchView<T, Input> dy, BatchView<T, Input> dx, StepContext<T>) {
      kernels::sigmoid_backward(y.count(), y.data, dy.data, dx.data);
    }
  };

  template <class Writer>
  static constexpr void describe(Writer& writer) {
    writer << "Sigmoid";
  }
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
