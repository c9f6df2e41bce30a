#pragma once

#include <mica/layer.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// HardSigmoid: a sigmoid of straight lines.
//   y = min(max(x + 3, 0), 6) / 6        dx = dy / 6 where 0 < y < 1, else 0
// Around 0 it passes on 1/36 of the variance, so Auto gives the weights in front of it 36 / fan-in.
// Shape: any, kept. Params, Stats, Cache: none; works in place. Memory: none.
// Paper: Howard and others, "Searching for MobileNetV3", 2019, arXiv:1905.02244.
struct HardSigmoid {
  template <class Input, class T = float>
  struct On : LayerDefaults<On<Input, T>, Input, Input, T> {
    static constexpr bool in_place = true;
    static constexpr bool needs_output = true;
    static constexpr Activation activation = {Activation::hard_sigmoid, 0};

    template <class Params, class Stats>
    static void infer(const Params&, const Stats&, BatchView<const T, Input> x, BatchView<T, Input> y, T*) {
      kernels::hard_sigmoid(x.count(), x.data, y.data);
    }
    template <class Params, class Cache>
    static void backward(const Params&, Params&, const Cache&, BatchView<const T, Input>, BatchView<const T, Input> y,
                         BatchView<T, Input> dy, BatchView<T, Input> dx, StepContext<T>) {
      kernels::hard_sigmoid_backward(y.count(), y.data, dy.data, dx.data);
    }
  };

  template <class Writer>
  static constexpr void describe(Writer& writer) {
    writer << "HardSigmoid";
  }
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
