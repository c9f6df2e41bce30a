#pragma once

#include <mica/assert.hpp>
#include <mica/losses/loss.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// SoftmaxCrossEntropy: softmax and the negative log-likelihood of the right class in one, so that neither can overflow.
//   loss = mean over the batch of (log sum_j exp(y_j - max y) + max y - y_label)
//   dy   = (softmax(y) - one_hot(label)) / batch
// Shape: the network's output is one row of scores, one per class (at most 256). Target: Labels, each below the number
// of classes (MICA_ASSERT). Memory: 4 bytes of scratch per sample.
struct SoftmaxCrossEntropy {
  template <class Output, class T = float>
  struct On {
    using Target = Labels;
    static constexpr int classes = Output::size;
    static constexpr int scratch(int batch) { return batch; }

    static LossValue<T> evaluate(BatchView<const T, Output> y, Target labels, BatchView<T, Output> dy, T* losses) {
      return evaluate_over(static_cast<T>(y.size), y, labels, dy, losses);
    }
    static LossValue<T> evaluate_over(T divisor, BatchView<const T, Output> y, Target labels, BatchView<T, Output> dy,
                                      T* losses) {
      for (int i = 0; i < y.size; ++i) MICA_ASSERT(labels.data[i] < classes);
      const T share = T(1) / divisor;
      const int correct = kernels::softmax_cross_entropy(y.size, classes, y.data, labels.data, share, losses, dy.data);
      return {kernels::sum(y.size, losses) * share, correct};
    }

    static_assert(Output::size > 1 && Output::size <= 256,
                  "mica::SoftmaxCrossEntropy: the network's output must be 2 to 256 scores, one per class.");
  };

  template <class Writer>
  static constexpr void describe(Writer& writer) {
    writer << "SoftmaxCrossEntropy";
  }
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
