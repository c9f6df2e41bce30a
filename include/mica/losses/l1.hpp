#pragma once

#include <mica/losses/loss.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// L1: the mean over batch and outputs of the absolute difference.
//   loss = sum |y - t| / n        dy = sign(y - t) / n, 0 where they are equal        n = batch * outputs
// Shape: Target has the shape of the network's output. Memory: 4 bytes of scratch per output and sample.
struct L1 {
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
      kernels::absolute_error(n, T(1) / divisor, y.data, target.data, terms, dy.data);
      return {kernels::sum(n, terms) / divisor, 0};
    }
  };

  template <class Writer>
  static constexpr void describe(Writer& writer) {
    writer << "L1";
  }
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
