#pragma once

#include <mica/layer.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// Softplus: a rectifier with a bend in the place of its kink, with beta = numerator / denominator.
//   y = log(1 + exp(beta x)) / beta, and x where beta x > threshold
//   dx = dy sigmoid(beta x) = dy (1 - exp(-beta y)), and dy where beta x > threshold
// From 17 on the line and the curve are one float, so a threshold of 20 cannot be seen; a lower one makes a step.
// Where beta x is below -43 the result is exactly 0. Shape: any, kept. Params, Stats, Cache: none; works in place,
// because the output tells the slope; with a threshold below 20 backward reads the input instead. Memory: none.
// Errors: a beta of 0 or below does not compile.
// Paper: Dugas, Bengio and others, "Incorporating second-order functional knowledge for better option pricing",
// NIPS 2000.
template <int numerator = 1, int denominator = 1, int threshold = 20>
struct Softplus {
  template <class Input, class T = float>
  struct On : LayerDefaults<On<Input, T>, Input, Input, T> {
    static constexpr bool in_place = true;
    static constexpr bool needs_input = threshold < 20;
    static constexpr bool needs_output = !needs_input;
    static constexpr Activation activation = {Activation::rectifier, 0};
    static constexpr T beta = T(numerator) / T(denominator);

    template <class Params, class Stats>
    static void infer(const Params&, const Stats&, BatchView<const T, Input> x, BatchView<T, Input> y, T*) {
      kernels::softplus(x.count(), beta, T(threshold), x.data, y.data);
    }
    template <class Params, class Cache>
    static void backward(const Params&, Params&, const Cache&, BatchView<const T, Input> x, BatchView<const T, Input> y,
                         BatchView<T, Input> dy, BatchView<T, Input> dx, StepContext<T>) {
      if constexpr (needs_input) {
        kernels::softplus_backward_from_input(x.count(), beta, T(threshold), x.data, dy.data, dx.data);
      } else {
        kernels::softplus_backward(y.count(), beta, y.data, dy.data, dx.data);
      }
    }
  };

  template <class Writer>
  static constexpr void describe(Writer& writer) {
    writer << "Softplus<" << numerator << ", " << denominator << ", " << threshold << ">";
  }

  static_assert(numerator > 0 && denominator > 0, "mica::Softplus: beta must be above 0.");
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
