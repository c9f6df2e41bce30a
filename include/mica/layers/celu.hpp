#pragma once

#include <mica/layer.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// CELU: an exponential linear unit whose slope is 1 on both sides of 0, with alpha = numerator / denominator.
//   y = x where x > 0, else alpha (exp(x / alpha) - 1)        dx = dy where y > 0, else dy (y / alpha + 1)
// Shape: any, kept. Params, Stats, Cache: none; works in place, because the output tells the slope. Memory: none.
// Errors: an alpha of 0 or below does not compile.
// Paper: Barron, "Continuously differentiable exponential linear units", 2017, arXiv:1704.07483.
template <int numerator = 1, int denominator = 1>
struct CELU {
  template <class Input, class T = float>
  struct On : LayerDefaults<On<Input, T>, Input, Input, T> {
    static constexpr bool in_place = true;
    static constexpr bool needs_output = true;
    static constexpr Activation activation = {Activation::rectifier, 0};
    static constexpr kernels::ExponentialLinear<T> shape = {1, T(numerator) / T(denominator),
                                                            T(denominator) / T(numerator)};

    template <class Params, class Stats>
    static void infer(const Params&, const Stats&, BatchView<const T, Input> x, BatchView<T, Input> y, T*) {
      kernels::exponential_linear(x.count(), shape, x.data, y.data);
    }
    template <class Params, class Cache>
    static void backward(const Params&, Params&, const Cache&, BatchView<const T, Input>, BatchView<const T, Input> y,
                         BatchView<T, Input> dy, BatchView<T, Input> dx, StepContext<T>) {
      kernels::exponential_linear_backward(y.count(), shape, y.data, dy.data, dx.data);
    }
  };

  template <class Writer>
  static constexpr void describe(Writer& writer) {
    writer << "CELU<" << numerator << ", " << denominator << ">";
  }

  static_assert(numerator > 0 && denominator > 0, "mica::CELU: alpha must be above 0; for alpha 0 use ReLU.");
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
