#pragma once

#include <mica/layer.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// ReLU6: a rectified linear unit that ends at 6.
//   y = min(max(x, 0), 6)        dx = dy where 0 < y < 6, else 0
// Shape: any, kept. Params, Stats, Cache: none; works in place. Memory: none.
// Paper: Howard and others, "MobileNets", 2017, arXiv:1704.04861.
struct ReLU6 {
  template <class Input, class T = float>
  struct On : LayerDefaults<On<Input, T>, Input, Input, T> {
    static constexpr bool in_place = true;
    static constexpr bool needs_output = true;
    static constexpr Activation activation = {Activation::rectifier, 0};

    template <class Params, class Stats>
    static void infer(const Params&, const Stats&, BatchView<const T, Input> x, BatchView<T, Input> y, T*) {
      kernels::clamp(x.count(), T(0), T(6), x.data, y.data);
    }
    template <class Params, class Cache>
    static void backward(const Params&, Params&, const Cache&, BatchView<const T, Input>, BatchView<const T, Input> y,
                         BatchView<T, Input> dy, BatchView<T, Input> dx, StepContext<T>) {
      kernels::clamp_backward(y.count(), T(0), T(6), y.data, dy.data, dx.data);
    }
  };

  template <class Writer>
  static constexpr void describe(Writer& writer) {
    writer << "ReLU6";
  }
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
