#pragma once

#include <mica/losses/loss.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// KLDivergence: how far a network's distribution is from its target's, the mean over the batch. y: log-probabilities.
//   loss = sum over batch and outputs of t (log t - y) / batch        dy = -t / batch        0 log 0 = 0
// This is the mean per sample, which PyTorch calls "batchmean"; its "mean" also divides by the outputs.
// Shape: the network ends in LogSoftmax; Target has the shape of its output and holds probabilities. A target below
// 2^-100 counts as 0, a negative one gives NaN. Memory: 4 bytes of scratch per output and sample.
// Paper: Kullback, Leibler, 1951, doi:10.1214/aoms/1177729694.
struct KLDivergence {
  template <class Output, class T = float>
  struct On {
    using Target = BatchView<const T, Output>;
    static constexpr bool takes_class_shares = true;
    static constexpr int scratch(int batch) { return batch * Output::size; }

    static LossValue<T> evaluate(BatchView<const T, Output> y, Target target, BatchView<T, Output> dy, T* terms) {
      return evaluate_over(static_cast<T>(y.size), y, target, dy, terms);
    }
    static LossValue<T> evaluate_over(T divisor, BatchView<const T, Output> y, Target target, BatchView<T, Output> dy,
                                      T* terms) {
      const int n = y.count();
      kernels::kl_divergence(n, T(1) / divisor, y.data, target.data, terms, dy.data);
      return {kernels::sum(n, terms) / divisor, 0};
    }
  };

  template <class Writer>
  static constexpr void describe(Writer& writer) {
    writer << "KLDivergence";
  }
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
