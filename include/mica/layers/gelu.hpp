#pragma once

#include <mica/layer.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// How GELU computes Phi: as what it is, or as the sigmoid that older models were trained with.
struct NoApproximation {
  static constexpr bool approximate = false;
};
struct TanhApproximation {
  static constexpr bool approximate = true;
};

// GELU: the Gaussian error linear unit; Phi(x) is the share of a standard normal distribution that lies below x.
//   y = x Phi(x) = x (1 + erf(x / sqrt(2))) / 2        dx = dy (Phi(x) + x exp(-x^2 / 2) / sqrt(2 pi))
//   TanhApproximation: y = x s,  s = (1 + tanh(v)) / 2 = sigmoid(2 v),  v = sqrt(2 / pi) (x + 0.044715 x^3)
//                      dx = dy (s + x s (1 - s) 2 sqrt(2 / pi) (1 + 0.134145 x^2))
// The small results below 0 are as accurate as the others. Below x = -9.375 (TanhApproximation: -7.5) both are exactly
// 0, and so is a result below 2^-100. Shape: any, kept. Params, Stats, Cache: none (backward reads the input, because
// the same output comes from two of them); works in place where nothing is trained. Memory: none.
// Paper: Hendrycks, Gimpel, "Gaussian error linear units (GELUs)", 2016, arXiv:1606.08415.
template <class Approximation = NoApproximation>
struct GELU {
  template <class Input, class T = float>
  struct On : LayerDefaults<On<Input, T>, Input, Input, T> {
    static constexpr bool in_place = true;
    static constexpr bool needs_input = true;
    static constexpr Activation activation = {Activation::rectifier, 0};

    template <class Params, class Stats>
    static void infer(const Params&, const Stats&, BatchView<const T, Input> x, BatchView<T, Input> y, T*) {
      if constexpr (Approximation::approximate) {
        kernels::gelu_tanh(x.count(), x.data, y.data);
      } else {
        kernels::gelu(x.count(), x.data, y.data);
      }
    }
    template <class Params, class Cache>
    static void backward(const Params&, Params&, const Cache&, BatchView<const T, Input> x, BatchView<const T, Input>,
                         BatchView<T, Input> dy, BatchView<T, Input> dx, StepContext<T>) {
      if constexpr (Approximation::approximate) {
        kernels::gelu_tanh_backward(x.count(), x.data, dy.data, dx.data);
      } else {
        kernels::gelu_backward(x.count(), x.data, dy.data, dx.data);
      }
    }
  };

  template <class Writer>
  static constexpr void describe(Writer& writer) {
    writer << (Approximation::approximate ? "GELU<TanhApproximation>" : "GELU<>");
  }
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
