#pragma once

#include <cstdint>

#include <mica/chain_plan.hpp>
#include <mica/layer.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// PooledConvolution: a bound convolution together with the ReLU, if any, and the max pool behind it. A chain makes it of
// them (fusion.hpp); nobody writes it.
//   y, dw, db and dx with the bits of the layers one after the other
// The convolution's outputs exist a few rows at a time. Backward keeps one bit for each of them, which says whether it
// passes a gradient on, and looks only at those that do.
// Shape: the convolution's input -> the pool's output. Params, Stats: the convolution's. Cache: the bits.
// Memory: about an eighth of a byte for each output of the convolution, for 8 outputs or more; scratch for a few rows and
// once the weights.
template <class Convolution, class Pool, bool rectified>
struct PooledConvolution : LayerDefaults<PooledConvolution<Convolution, Pool, rectified>, typename Convolution::Input,
                                         typename Pool::Output, typename Convolution::Value> {
  using T = typename Convolution::Value;
  using Input = typename Convolution::Input;
  using Output = typename Pool::Output;
  using Params = typename Convolution::Params;
  using Stats = typename Convolution::Stats;
  using AsWritten = Convolution;
  static constexpr PooledWindow window = {Convolution::window, Pool::window, Output::extent(Output::rank - 1),
                                          rectified};
  static constexpr long long steps = static_cast<long long>(window.convolution.out_height) *
                                     window.convolution.out_width * window.outputs * window.convolution.taps() *
                                     window.convolution.channels;
  template <int batch>
  struct Cache {
    std::uint8_t passing[batch * window.sample_bytes()];
  };

  static constexpr bool needs_input = true;
  static constexpr bool dx_over_x = true;
  static constexpr Activation activation = Convolution::activation;
  static constexpr int infer_scratch(int) { return window.forward_scratch(); }
  static constexpr int train_scratch(int) {
    return largest({window.forward_scratch(), window.weight_gradient_scratch(), window.input_gradient_scratch()});
  }
  static constexpr int shared_scratch(int batch) { return train_scratch(batch); }

  static void initialize(Params& params, Stats& stats, Activation next, Random random) {
    Convolution::initialize(params, stats, next, random);
  }
  static void infer(const Params& params, const Stats&, BatchView<const T, Input> x, BatchView<T, Output> y,
                    Scratch<T> scratch) {
    scratch.share(x.size, steps, [&](int first, int samples, T* numbers) {
      kernels::convolve_pooled<T>(window, samples, x[first], params.weight.data(), params.bias.data(), y[first],
                                  nullptr, numbers);
    });
  }
  template <int batch>
  static void forward(const Params& params, Stats&, Cache<batch>& cache, BatchView<const T, Input> x,
                      BatchView<T, Output> y, StepContext<T> context) {
    context.scratch.share(x.size, steps, [&](int first, int samples, T* numbers) {
      kernels::convolve_pooled(window, samples, x[first], params.weight.data(), params.bias.data(), y[first],
                               cache.passing + first * window.sample_bytes(), numbers);
    });
  }
  template <int batch>
  static void backward(const Params& params, Params& gradient, const Cache<batch>& cache, BatchView<const T, Input> x,
                       BatchView<const T, Output>, BatchView<T, Output> dy, BatchView<T, Input> dx,
                       StepContext<T> context) {
    context.scratch.share(window.outputs, x.size * steps / window.outputs, [&](int first, int outputs, T* numbers) {
      kernels::pooled_weight_gradient<T>(window, x.size, x.data, dy.data, cache.passing, gradient.weight.data(),
                                         gradient.bias.data(), numbers, {first, outputs});
    });
    if (dx.data == nullptr) return;
    context.scratch.share(x.size, steps, [&](int first, int samples, T* numbers) {
      kernels::pooled_input_gradient<T>(window, samples, dy[first], cache.passing + first * window.sample_bytes(),
                                        params.weight.data(), dx[first], numbers);
    });
  }
};

// Absorbed: what stands in a chain for a layer that became part of the one before it, so that every layer keeps its
// number. It has that layer's Params and Stats, which are empty, and does nothing.
// Memory: none.
template <class Layer, class Shape>
struct Absorbed : LayerDefaults<Absorbed<Layer, Shape>, Shape, Shape, typename Layer::Value> {
  using T = typename Layer::Value;
  using Params = typename Layer::Params;
  using Stats = typename Layer::Stats;
  using AsWritten = Layer;
  static constexpr bool in_place = true;
  static constexpr bool keeps_values = true;
  static constexpr Activation activation = Layer::activation;

  // y is x, and dx is dy: the chain lets layers that keep the values work in place.
  static void infer(const Params&, const Stats&, BatchView<const T, Shape>, BatchView<T, Shape>, T*) {}
  template <class Cache>
  static void backward(const Params&, Params&, const Cache&, BatchView<const T, Shape>, BatchView<const T, Shape>,
                       BatchView<T, Shape>, BatchView<T, Shape>, StepContext<T>) {}
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
