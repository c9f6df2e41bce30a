#pragma once

#include <mica/losses/loss.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// MeanSquaredError: the mean over batch and outputs of the squared difference.
//   loss = sum (y - t)^2 / n        dy = 2 (y - t) / n        n = batch * outputs
// Shape: Target has the shape of the network's output. Memory: 4 bytes of scratch per output and sample.
struct MeanSquaredError {
  template <class Output, class T = float>
  struct On {
    using Target = BatchView<const T, Output>;
    static constexpr int scratch(int batch) { return batch * Output::size; }

    static LossValue<T> evaluate(BatchView<const T, Output> y, Target target, BatchView<T, Output> dy, T* difference) {
      return evaluate_over(static_cast<T>(y.count()), y, target, dy, difference);
    }
    static LossValue<T> evaluate_over(T divisor, BatchView<const T, Output> y, Target target, BatchView<T, Output> dy,
                                      T* difference) {
      const int n = y.count();
      kernels::subtract(n, T(1), y.data, target.data, difference);
      kernels::affine(n, T(2) / divisor, T(0), difference, dy.data);
      return {kernels::sum_of_squares(n, difference) / divisor, 0};
    }
  };

  template <class Writer>
  static constexpr void describe(Writer& writer) {
    writer << "MeanSquaredError";
  }
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
