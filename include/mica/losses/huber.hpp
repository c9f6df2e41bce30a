#pragma once

#include <mica/losses/loss.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// Huber: squared error near the target, absolute error beyond delta = numerator / denominator, where outliers would
// otherwise decide; the mean over batch and outputs.
//   with d = y - t:   loss = sum (d^2 / 2 where |d| <= delta, else delta (|d| - delta / 2)) / n
//                     dy = min(max(d, -delta), delta) / n        n = batch * outputs
// Shape: Target has the shape of the network's output. Memory: 4 bytes of scratch per output and sample.
// Errors: does not compile unless delta is positive. Paper: Huber, 1964, doi:10.1214/aoms/1177703732.
template <int numerator = 1, int denominator = 1>
struct Huber {
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
      const T delta = static_cast<T>(numerator) / static_cast<T>(denominator);
      kernels::huber(n, delta, T(1) / divisor, y.data, target.data, terms, dy.data);
      return {kernels::sum(n, terms) / divisor, 0};
    }
  };

  template <class Writer>
  static constexpr void describe(Writer& writer) {
    writer << "Huber<" << numerator << ", " << denominator << ">";
  }

  static_assert(numerator > 0 && denominator > 0, "mica::Huber: delta = numerator / denominator must be positive.");
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
