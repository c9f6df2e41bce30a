#pragma once

#include <mica/assert.hpp>
#include <mica/losses/loss.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// SmoothedCrossEntropy: SoftmaxCrossEntropy against targets of which s = numerator / denominator is spread evenly over
// all classes, so that the network need not be certain; and, if weights follow, with one weight w per class:
// SmoothedCrossEntropy<1, 10> or SmoothedCrossEntropy<1, 10, 1, 5, 2>. Weights are whole, for only their ratios count.
//   p = softmax(y),  n = sum over the batch of w_label,  C classes
//   loss = sum over the batch of ((1 - s) w_label -log p_label + s / C sum_c w_c -log p_c) / n
//   dy   = ((1 - s) w_label (p - one_hot(label)) + s / C (sum_c w_c p - w)) / n
// A batch whose labels all have weight 0 has loss and gradient 0 (0 / 0 in PyTorch).
// Shape: the network's output is one row of scores, one per class (at most 256). Target: Labels, each below the number
// of classes (MICA_ASSERT). Memory: 4 bytes of scratch per sample, and 4 bytes of flash per class.
// Paper: Szegedy, Vanhoucke, Ioffe, Shlens, Wojna, 2015, arXiv:1512.00567.
template <int numerator, int denominator, int... class_weights>
struct SmoothedCrossEntropy {
  template <class Output, class T = float>
  struct On {
    using Target = Labels;
    static constexpr int classes = Output::size;
    static constexpr bool weighted = sizeof...(class_weights) > 0;
    static constexpr int scratch(int batch) { return batch; }

    static LossValue<T> evaluate(BatchView<const T, Output> y, Target labels, BatchView<T, Output> dy, T* losses) {
      T divisor = 0;
      for (int i = 0; i < y.size; ++i) {
        MICA_ASSERT(labels.data[i] < classes);
        divisor = divisor + weights.values[labels.data[i]];
      }
      return evaluate_over(divisor, y, labels, dy, losses);
    }
    static LossValue<T> evaluate_over(T divisor, BatchView<const T, Output> y, Target labels, BatchView<T, Output> dy,
                                      T* losses) {
      for (int i = 0; i < y.size; ++i) MICA_ASSERT(labels.data[i] < classes);
      const T smoothing = static_cast<T>(numerator) / static_cast<T>(denominator);
      const T share = divisor > 0 ? T(1) / divisor : T(0);
      const int correct = kernels::weighted_cross_entropy(y.size, classes, y.data, labels.data, weights.values,
                                                          smoothing, share, losses, dy.data);
      return {kernels::sum(y.size, losses) * share, correct};
    }

   private:
    struct Weights {
      T values[classes];
    };
    static constexpr Weights make_weights() {
      if constexpr (weighted) {
        return {{static_cast<T>(class_weights)...}};
      } else {
        Weights all{};
        for (T& weight : all.values) weight = 1;
        return all;
      }
    }
    static constexpr Weights weights = make_weights();

    static_assert(classes > 1 && classes <= 256,
                  "mica::SmoothedCrossEntropy: the network's output must be 2 to 256 scores, one per class.");
    static_assert(
        !weighted || static_cast<int>(sizeof...(class_weights)) == classes,
        "mica::SmoothedCrossEntropy, WeightedCrossEntropy: there must be one weight for each class, that is for "
        "each of the network's outputs.");
  };

  template <class Writer>
  static constexpr void describe(Writer& writer) {
    writer << "SmoothedCrossEntropy<" << numerator << ", " << denominator;
    ((writer << ", " << class_weights), ...);
    writer << ">";
  }

  static_assert(numerator >= 0 && numerator < denominator,
                "mica::SmoothedCrossEntropy: the share that is spread, numerator / denominator, must be at least 0 and "
                "less than 1.");
  static_assert(((class_weights >= 0) && ...), "mica::SmoothedCrossEntropy: a class cannot weigh less than 0.");
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
