#pragma once

#include <mica/losses/loss.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// SoftTargetCrossEntropy: SoftmaxCrossEntropy where a sample belongs to several classes by shares: after Mixup, or with
// another network's probabilities as the target (distillation). PyTorch's CrossEntropyLoss with class probabilities.
//   p = softmax(y)      loss = mean over the batch of sum_c t_c -log p_c
//   dy = (p sum_c t_c - t) / batch
// A sample counts as right if its largest output and its largest target stand at the same class.
// Shape: the network's output is one row of scores, one per class. Target: a row of shares, which as a rule add up to
// 1; from a dataset with class labels the label's share is 1. Memory: 4 bytes of scratch per sample.
struct SoftTargetCrossEntropy {
  template <class Output, class T = float>
  struct On {
    using Target = BatchView<const T, Output>;
    static constexpr bool takes_class_shares = true;
    static constexpr int scratch(int batch) { return batch; }

    static LossValue<T> evaluate(BatchView<const T, Output> y, Target target, BatchView<T, Output> dy, T* losses) {
      return evaluate_over(static_cast<T>(y.size), y, target, dy, losses);
    }
    static LossValue<T> evaluate_over(T divisor, BatchView<const T, Output> y, Target target, BatchView<T, Output> dy,
                                      T* losses) {
      const T share = T(1) / divisor;
      const int correct =
          kernels::soft_target_cross_entropy(y.size, Output::size, y.data, target.data, share, losses, dy.data);
      return {kernels::sum(y.size, losses) * share, correct};
    }

    static_assert(Output::size > 1,
                  "mica::SoftTargetCrossEntropy: the network's output must be at least 2 scores, one per class.");
  };

  template <class Writer>
  static constexpr void describe(Writer& writer) {
    writer << "SoftTargetCrossEntropy";
  }
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
