#pragma once

#include <mica/layer.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// HardTanh: the identity, cut off at low = minimum / denominator and high = maximum / denominator.
//   y = min(max(x, low), high)        dx = dy where low < y < high, else 0
// Shape: any, kept. Params, Stats, Cache: none; works in place. Memory: none.
// Errors: a minimum that is not below the maximum does not compile.
// Paper: Collobert, Weston and others, "Natural language processing (almost) from scratch", 2011, arXiv:1103.0398.
template <int minimum = -1, int maximum = 1, int denominator = 1>
struct HardTanh {
  template <class Input, class T = float>
  struct On : LayerDefaults<On<Input, T>, Input, Input, T> {
    static constexpr bool in_place = true;
    static constexpr bool needs_output = true;
    static constexpr Activation activation = {Activation::tanh, 0};
    static constexpr T low = T(minimum) / T(denominator), high = T(maximum) / T(denominator);

    template <class Params, class Stats>
    static void infer(const Params&, const Stats&, BatchView<const T, Input> x, BatchView<T, Input> y, T*) {
      kernels::clamp(x.count(), low, high, x.data, y.data);
    }
    template <class Params, class Cache>
    static void backward(const Params&, Params&, const Cache&, BatchView<const T, Input>, BatchView<const T, Input> y,
                         BatchView<T, Input> dy, BatchView<T, Input> dx, StepContext<T>) {
      kernels::clamp_backward(y.count(), low, high, y.data, dy.data, dx.data);
    }
  };

  template <class Writer>
  static constexpr void describe(Writer& writer) {
    writer << "HardTanh<" << minimum << ", " << maximum << ", " << denominator << ">";
  }

  static_assert(denominator > 0, "mica::HardTanh: the denominator must be above 0.");
  static_assert(minimum < maximum, "mica::HardTanh: the minimum must be below the maximum.");
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
