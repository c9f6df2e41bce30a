#pragma once

#include <mica/layer.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// Softmax: turns the last extent into probabilities.
//   y_j = exp(x_j - max x) / sum over k of exp(x_k - max x)        dx = y (dy - sum over k of dy_k y_k)
// Terms more than 44 below the largest count as exactly 0. For training a classifier leave it out and use
// SoftmaxCrossEntropy, which is the two in one, faster and more accurate.
// Shape: any, kept. Params, Stats, Cache: none; works in place. Memory: none.
struct Softmax {
  template <class Input, class T = float>
  struct On : LayerDefaults<On<Input, T>, Input, Input, T> {
    static constexpr int columns = Input::extent(Input::rank - 1);
    static constexpr bool in_place = true;
    static constexpr bool needs_output = true;
    static constexpr Activation activation = {Activation::linear, 0};

    template <class Params, class Stats>
    static void infer(const Params&, const Stats&, BatchView<const T, Input> x, BatchView<T, Input> y, T*) {
      kernels::softmax(x.count() / columns, columns, x.data, y.data);
    }
    template <class Params, class Cache>
    static void backward(const Params&, Params&, const Cache&, BatchView<const T, Input>, BatchView<const T, Input> y,
                         BatchView<T, Input> dy, BatchView<T, Input> dx, StepContext<T>) {
      kernels::softmax_backward(y.count() / columns, columns, y.data, dy.data, dx.data);
    }
  };

  template <class Writer>
  static constexpr void describe(Writer& writer) {
    writer << "Softmax";
  }
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
