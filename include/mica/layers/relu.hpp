#pragma once

#include <mica/fusion_part.hpp>
#include <mica/layer.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// ReLU: the rectified linear unit.
//   y = max(x, 0)        dx = dy where y > 0, else 0
// NaN goes through, so that it is noticed. Shape: any, kept. Params, Stats, Cache: none; works in place.
// Memory: none. Paper: Nair, Hinton, "Rectified linear units improve restricted Boltzmann machines", ICML 2010.
struct ReLU {
  template <class Input, class T = float>
  struct On : LayerDefaults<On<Input, T>, Input, Input, T> {
    using Fuses = FusesAs<On, FusionPart::rectifier>;
    static constexpr bool in_place = true;
    static constexpr bool needs_output = true;
    static constexpr Activation activation = {Activation::rectifier, 0};

    template <class Params, class Stats>
    static void infer(const Params&, const Stats&, BatchView<const T, Input> x, BatchView<T, Input> y, T*) {
      kernels::relu(x.count(), x.data, y.data);
    }
    template <class Params, class Cache>
    static void backward(const Params&, Params&, const Cache&, BatchView<const T, Input>, BatchView<const T, Input> y,
                         BatchView<T, Input> dy, BatchView<T, Input> dx, StepContext<T>) {
      kernels::relu_backward(y.count(), y.data, dy.data, dx.data);
    }
  };

  template <class Writer>
  static constexpr void describe(Writer& writer) {
    writer << "ReLU";
  }
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
