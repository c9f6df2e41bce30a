#pragma once

#include <mica/layer.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// PReLU: a leaky ReLU whose slope is trained, one for each channel (the last extent).
//   y = x where x >= 0, else a x        dx = dy where x > 0, else a dy        da += sum of dy x where x < 0
// Shape: any, kept. Params: slope [channels], 1/4 at the start. Stats, Cache: none (backward reads the input).
// Memory: 4 channels bytes of parameters.
// Paper: He, Zhang, Ren, Sun, "Delving deep into rectifiers", 2015, arXiv:1502.01852.
struct PReLU {
  static constexpr float initial_slope = 0.25f;

  template <class Input, class T = float>
  struct On : LayerDefaults<On<Input, T>, Input, Input, T> {
    static constexpr int channels = Input::extent(Input::rank - 1);
    static constexpr bool needs_input = true;
    static constexpr Activation activation = {Activation::rectifier, initial_slope};

    struct Params {
      Tensor<T, channels> slope;
    };

    template <class Stats>
    static void initialize(Params& params, Stats&, Activation, Random) {
      for (T& slope : params.slope.values) slope = T(initial_slope);
    }
    template <class Stats>
    static void infer(const Params& params, const Stats&, BatchView<const T, Input> x, BatchView<T, Input> y, T*) {
      kernels::prelu(x.count() / channels, channels, params.slope.data(), x.data, y.data);
    }
    template <class Cache>
    static void backward(const Params& params, Params& gradient, const Cache&, BatchView<const T, Input> x,
                         BatchView<const T, Input>, BatchView<T, Input> dy, BatchView<T, Input> dx, StepContext<T>) {
      kernels::prelu_backward(x.count() / channels, channels, params.slope.data(), x.data, dy.data, dx.data,
                              gradient.slope.data());
    }
  };

  template <class Writer>
  static constexpr void describe(Writer& writer) {
    writer << "PReLU";
  }
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
