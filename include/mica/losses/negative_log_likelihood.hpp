#pragma once

#include <mica/assert.hpp>
#include <mica/losses/loss.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// NegativeLogLikelihood: for networks that end in LogSoftmax; the mean over the batch. Together they compute what
// SoftmaxCrossEntropy computes in one, which is faster.
//   loss = sum of -y_label / batch        dy = -one_hot(label) / batch
// Shape: the network's output is one row of log-probabilities, one per class (at most 256). Target: Labels, each below
// the number of classes (MICA_ASSERT). Memory: 4 bytes of scratch per sample.
struct NegativeLogLikelihood {
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
      const int correct =
          kernels::negative_log_likelihood(y.size, classes, y.data, labels.data, T(1) / divisor, losses, dy.data);
      return {kernels::sum(y.size, losses) / divisor, correct};
    }

    static_assert(
        Output::size > 1 && Output::size <= 256,
        "mica::NegativeLogLikelihood: the network's output must be 2 to 256 log-probabilities, one per class.");
  };

  template <class Writer>
  static constexpr void describe(Writer& writer) {
    writer << "NegativeLogLikelihood";
  }
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
