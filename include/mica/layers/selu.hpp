#pragma once

#include <mica/layer.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// SELU: the exponential linear unit whose constants draw each layer's outputs towards mean 0 and variance 1.
//   y = scale x where x > 0, else scale alpha (exp(x) - 1)        dx = scale dy where y > 0, else dy (y + scale alpha)
//   scale = 1.0507010,   alpha = 1.6732632
// Auto gives the weights in front of it variance 1 / fan-in, which the derivation asks for; see also AlphaDropout.
// Shape: any, kept. Params, Stats, Cache: none; works in place. Memory: none.
// Paper: Klambauer, Unterthiner, Mayr, Hochreiter, "Self-normalizing neural networks", 2017, arXiv:1706.02515.
struct SELU {
  static constexpr double scale = 1.0507009873554805, alpha = 1.6732632423543772, lowest = scale * alpha;

  template <class Input, class T = float>
  struct On : LayerDefaults<On<Input, T>, Input, Input, T> {
    static constexpr bool in_place = true;
    static constexpr bool needs_output = true;
    static constexpr Activation activation = {Activation::self_normalizing, 0};
    static constexpr kernels::ExponentialLinear<T> shape = {T(scale), T(lowest), 1};

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
    writer << "SELU";
  }
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
