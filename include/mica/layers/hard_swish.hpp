#pragma once

#include <mica/layer.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// HardSwish: SiLU with a sigmoid of straight lines.
//   y = x min(max(x + 3, 0), 6) / 6        dx = 0 where x < -3, dy (2 x + 3) / 6 where x <= 3, else dy
// Shape: any, kept. Params, Stats, Cache: none (backward reads the input, because the same output comes from two of
// them); works in place where nothing is trained. Memory: none.
// Paper: Howard and others, "Searching for MobileNetV3", 2019, arXiv:1905.02244.
struct HardSwish {
  template <class Input, class T = float>
  struct On : LayerDefaults<On<Input, T>, Input, Input, T> {
    static constexpr bool in_place = true;
    static constexpr bool needs_input = true;
    static constexpr Activation activation = {Activation::rectifier, 0};

    template <class Params, class Stats>
    static void infer(const Params&, const Stats&, BatchView<const T, Input> x, BatchView<T, Input> y, T*) {
      kernels::hard_swish(x.count(), x.data, y.data);
    }
    template <class Params, class Cache>
    static void backward(const Params&, Params&, const Cache&, BatchView<const T, Input> x, BatchView<const T, Input>,
                         BatchView<T, Input> dy, BatchView<T, Input> dx, StepContext<T>) {
      kernels::hard_swish_backward(x.count(), x.data, dy.data, dx.data);
    }
  };

  template <class Writer>
  static constexpr void describe(Writer& writer) {
    writer << "HardSwish";
  }
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
