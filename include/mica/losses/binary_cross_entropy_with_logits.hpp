#pragma once

#include <mica/losses/loss.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// BinaryCrossEntropyWithLogits: sigmoid and the cross-entropy of yes or no for each output in one, so that neither can
// overflow; the mean over batch and outputs.
//   loss = sum (max(y, 0) - y t + log(1 + exp(-|y|))) / n        dy = (sigmoid(y) - t) / n        n = batch * outputs
// A sample counts as right if each output is above 0 exactly where its target is above 1/2.
// Shape: Target has the shape of the network's output and lies in [0, 1]. Memory: 4 bytes of scratch per output and
// sample. exp(-|y|) below exp(-44) counts as 0.
struct BinaryCrossEntropyWithLogits {
  template <class Output, class T = float>
  struct On {
    using Target = BatchView<const T, Output>;
    static constexpr int scratch(int batch) { return batch * Output::size; }

    static LossValue<T> evaluate(BatchView<const T, Output> y, Target target, BatchView<T, Output> dy, T* terms) {
      return evaluate_over(static_cast<T>(y.count()), y, target, dy, terms);
    }
    static LossValue<T> evaluate_over(T divisor, BatchView<const T, Output> y, Target target, BatchView<T, Output> dy,
                                      T* terms) {
      const int n = y.count();
      const int right = kernels::rows_on_right_side(y.size, Output::size, y.data, target.data);
      kernels::binary_cross_entropy(n, T(1) / divisor, y.data, target.data, terms, dy.data);
      return {kernels::sum(n, terms) / divisor, right};
    }
  };

  template <class Writer>
  static constexpr void describe(Writer& writer) {
    writer << "BinaryCrossEntropyWithLogits";
  }
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
