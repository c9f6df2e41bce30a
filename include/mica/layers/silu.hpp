#pragma once

#include <mica/layer.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// SiLU: the sigmoid linear unit, also called swish.
//   y = x sigmoid(x)        dx = dy (s + x s (1 - s)),  s = sigmoid(x)
// Below x = -43 both are exactly 0, and so is a result below 2^-100. Shape: any, kept. Params, Stats, Cache: none
// (backward reads the input, because the same output comes from two of them); works in place where nothing is trained.
// Memory: none.
// Paper: Elfwing, Uchibe, Doya, "Sigmoid-weighted linear units for neural network function approximation in
// reinforcement learning", 2017, arXiv:1702.03118.
struct SiLU {
  template <class Input, class T = float>
  struct On : LayerDefaults<On<Input, T>, Input, Input, T> {
    static constexpr bool in_place = true;
    static constexpr bool needs_input = true;
    static constexpr Activation activation = {Activation::rectifier, 0};

    template <class Params, class Stats>
    static void infer(const Params&, const Stats&, BatchView<const T, Input> x, BatchView<T, Input> y, T*) {
      kernels::silu(x.count(), x.data, y.data);
    }
    template <class Params, class Cache>
    static void backward(const Params&, Params&, const Cache&, BatchView<const T, Input> x, BatchView<const T, Input>,
                         BatchView<T, Input> dy, BatchView<T, Input> dx, StepContext<T>) {
      kernels::silu_backward(x.count(), x.data, dy.data, dx.data);
    }
  };

  template <class Writer>
  static constexpr void describe(Writer& writer) {
    writer << "SiLU";
  }
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
