#pragma once

#include <mica/layer.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// LogSoftmax: the logarithms of the probabilities that Softmax gives, over the last extent.
//   y_j = x_j - max x - log(sum over k of exp(x_k - max x))        dx = dy - exp(y) (sum over k of dy_k)
// Goes with NegativeLogLikelihood; for training a classifier SoftmaxCrossEntropy is the two in one and faster.
// Terms more than 44 below the largest, and probabilities below exp(-44), count as exactly 0.
// Shape: any, kept. Params, Stats, Cache: none; works in place. Memory: 4 bytes of scratch per entry of a row.
struct LogSoftmax {
  template <class Input, class T = float>
  struct On : LayerDefaults<On<Input, T>, Input, Input, T> {
    static constexpr int columns = Input::extent(Input::rank - 1);
    static constexpr bool in_place = true;
    static constexpr bool needs_output = true;
    static constexpr Activation activation = {Activation::linear, 0};
    static constexpr int infer_scratch(int) { return columns; }
    static constexpr int train_scratch(int) { return columns; }

    template <class Params, class Stats>
    static void infer(const Params&, const Stats&, BatchView<const T, Input> x, BatchView<T, Input> y, T* scratch) {
      kernels::log_softmax(x.count() / columns, columns, x.data, y.data, scratch);
    }
    template <class Params, class Cache>
    static void backward(const Params&, Params&, const Cache&, BatchView<const T, Input>, BatchView<const T, Input> y,
                         BatchView<T, Input> dy, BatchView<T, Input> dx, StepContext<T>) {
      kernels::log_softmax_backward(y.count() / columns, columns, y.data, dy.data, dx.data);
    }
  };

  template <class Writer>
  static constexpr void describe(Writer& writer) {
    writer << "LogSoftmax";
  }
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
