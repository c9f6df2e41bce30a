#pragma once

#include <mica/layer.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// LeakyReLU: a ReLU that lets negative values through with the slope a = numerator / denominator.
//   y = x where x >= 0, else a x        dx = dy where y > 0, else a dy
// Shape: any, kept. Params, Stats, Cache: none; works in place, because a > 0 keeps the sign.
// Memory: none. Paper: Maas, Hannun, Ng, "Rectifier nonlinearities improve neural network acoustic models", ICML 2013.
template <int numerator = 1, int denominator = 100>
struct LeakyReLU {
  static constexpr float slope = static_cast<float>(numerator) / static_cast<float>(denominator);

  template <class Input, class T = float>
  struct On : LayerDefaults<On<Input, T>, Input, Input, T> {
    static constexpr bool in_place = true;
    static constexpr bool needs_output = true;
    static constexpr Activation activation = {Activation::rectifier, slope};

    template <class Params, class Stats>
    static void infer(const Params&, const Stats&, BatchView<const T, Input> x, BatchView<T, Input> y, T*) {
      kernels::leaky_relu(x.count(), T(slope), x.data, y.data);
    }
    template <class Params, class Cache>
    static void backward(const Params&, Params&, const Cache&, BatchView<const T, Input>, BatchView<const T, Input> y,
                         BatchView<T, Input> dy, BatchView<T, Input> dx, StepContext<T>) {
      kernels::leaky_relu_backward(y.count(), T(slope), y.data, dy.data, dx.data);
    }
  };

  template <class Writer>
  static constexpr void describe(Writer& writer) {
    writer << "LeakyReLU<" << numerator << ", " << denominator << ">";
  }

  static_assert(numerator > 0 && denominator > 0, "mica::LeakyReLU: the slope must be above 0; for slope 0 use ReLU.");
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
