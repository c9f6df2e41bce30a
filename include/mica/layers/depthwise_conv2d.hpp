#pragma once

#include <mica/initializers.hpp>
#include <mica/layer.hpp>
#include <mica/padding.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// DepthwiseConv2d: a two-dimensional convolution in which every channel has `multiplier` kernels of its own.
//   y[i][j][o] = b[o] + sum over m, n of x[i s + m d - top][j s + n d - left][o / multiplier] w[m][n][o]
//   dw = the same sum over i, j with dy,   db = sum of dy,   dx[..][c] = the shares of dy w of channel c's outputs
// Output o = c multiplier + j is kernel j of channel c. Each y is one chain of fused multiply-adds over m, n that
// starts from the bias; terms outside the image do not exist.
// Shape: [height][width][channels] -> [out height][out width][channels multiplier]; kernel, stride and dilation are one
// number or rectangle(height, width); Padding is Valid, Same or Pad<...>.
// Params: weight [kernel height][kernel width][channels multiplier], bias [channels multiplier]. Stats: none.
// Cache: none (backward reads the input). Memory: 4 (taps + 1) channels multiplier bytes of parameters; no scratch.
// Fan-in: taps. Fan-out: taps * multiplier.
// Errors: an input without three extents, or a kernel larger than the padded image, does not compile.
// Paper: Howard et al., "MobileNets: efficient convolutional neural networks for mobile vision applications",
// arXiv:1704.04861.
template <int kernel, class Padding = Valid, int stride = 1, int dilation = 1, int multiplier = 1,
          class WeightInitializer = Auto, class BiasInitializer = Zeros>
struct DepthwiseConv2d {
  static_assert(kernel > 0 && stride > 0 && dilation > 0 && multiplier > 0,
                "mica::DepthwiseConv2d: kernel, stride, dilation and multiplier must be at least 1.");

  template <class Input>
  struct Geometry {
    static constexpr Window window = make_window<Input, Padding>(kernel, stride, dilation);
    using Output = Shape<window.out_height, window.out_width, window.channels * multiplier>;
  };

  template <class Input, class T = float>
  struct On : LayerDefaults<On<Input, T>, Input, typename Geometry<Input>::Output, T> {
    using Output = typename Geometry<Input>::Output;
    using Stats = typename LayerDefaults<On, Input, Output, T>::Stats;
    static constexpr Window window = Geometry<Input>::window;
    static_assert(Input::rank == 3,
                  "mica::DepthwiseConv2d: the input must have three extents: height, width and channels.");
    static_assert(kernel_fits<Input, Padding>(kernel, stride, dilation),
                  "mica::DepthwiseConv2d: the kernel is larger than the padded image.");
    static constexpr int outputs = window.channels * multiplier;
    static constexpr long long steps = static_cast<long long>(Output::size) * window.taps();
    static constexpr Fan fan = {window.taps(), window.taps() * multiplier};
    static constexpr bool needs_input = true;
    static constexpr Activation activation = {Activation::weights, 0};

    struct Params {
      Tensor<T, window.kernel_height, window.kernel_width, outputs> weight;
      Tensor<T, outputs> bias;
    };

    static void initialize(Params& params, Stats&, Activation next, Random random) {
      WeightInitializer::fill(params.weight.data(), window.taps(), outputs, fan, next, random.fork(0));
      BiasInitializer::fill(params.bias.data(), 1, outputs, fan, next, random.fork(1));
    }

    static void infer(const Params& params, const Stats&, BatchView<const T, Input> x, BatchView<T, Output> y,
                      Scratch<T> scratch) {
      scratch.share(x.size, steps, [&](int first, int samples, T*) {
        kernels::depthwise(window, multiplier, samples, x[first], params.weight.data(), params.bias.data(), y[first]);
      });
    }

    template <class Cache>
    static void backward(const Params& params, Params& gradient, const Cache& cache, BatchView<const T, Input> x,
                         BatchView<const T, Output>, BatchView<T, Output> dy, BatchView<T, Input> dx,
                         StepContext<T> context) {
      kernels::depthwise_weight_gradient<T>(window, multiplier, x.size, x.data, dy.data, gradient.weight.data());
      kernels::add_rows<T>(dy.count() / outputs, outputs, dy.data, gradient.bias.data());
      if (dx.data != nullptr) input_gradient(params, cache, dy, dx, context);
    }
    template <class Cache>
    static void input_gradient(const Params& params, const Cache&, BatchView<T, Output> dy, BatchView<T, Input> dx,
                               StepContext<T> context) {
      context.scratch.share(dy.size, steps, [&](int first, int samples, T*) {
        kernels::depthwise_input_gradient<T>(window, multiplier, samples, dy[first], params.weight.data(), dx[first]);
      });
    }
  };

  template <class Writer>
  static constexpr void describe(Writer& writer) {
    writer << "DepthwiseConv2d<";
    describe_size(writer, kernel);
    writer << ", ";
    Padding::describe(writer);
    writer << ", ";
    describe_size(writer, stride);
    writer << ", ";
    describe_size(writer, dilation);
    writer << ", " << multiplier << ">";
  }
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
