#pragma once

#include <type_traits>

#include <mica/initializers.hpp>
#include <mica/layer.hpp>
#include <mica/padding.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// ConvTranspose2d: the way back of a convolution as a layer, which makes an image larger by the stride.
//   y[i s + m d - top][j s + n d - left][o] = b[o] + sum over m, n, c of x[i][j][c] w[m][n][o][c]
//   dx[i][j][c] = sum over m, n, o of dy[i s + m d - top][j s + n d - left][o] w[m][n][o][c],   db = sum of dy
//   dw[m][n][o][c] = sum over i, j of x dy
// Each y is one chain of fused multiply-adds over m, n, c in this order that starts from the bias; what falls outside
// the output does not exist.
// Shape: [height][width][channels] -> [out height][out width][outputs] with
//   out = (in - 1) s + (kernel - 1) d + 1 - before - after + output_padding,
// where Padding is that of the convolution whose way back this is: Valid, Pad<...>, or Same, where out = in s. Kernel,
// stride and dilation are one number or rectangle(height, width). output_padding adds rows and columns behind the last.
// Params: weight [kernel height][kernel width][outputs][channels] (the outputs before the channels, as the convolution
// from the output to the input has it), bias [outputs]. Stats: none. Cache: none (backward reads the input).
// Memory: 4 (taps channels + 1) outputs bytes of parameters; scratch for a panel of weights or a few padded rows.
// Fan-in: taps * channels. Fan-out: taps * outputs.
// Errors: an input without three extents, an output_padding that reaches the stride and the dilation (or any with
// Same), and a padding that leaves no output do not compile.
// Paper: Dumoulin, Visin, "A guide to convolution arithmetic for deep learning", arXiv:1603.07285.
template <int outputs, int kernel, class Padding = Valid, int stride = 1, int output_padding = 0, int dilation = 1,
          class WeightInitializer = Auto, class BiasInitializer = Zeros>
struct ConvTranspose2d {
  static_assert(outputs > 0 && kernel > 0 && stride > 0 && dilation > 0,
                "mica::ConvTranspose2d: outputs, kernel, stride and dilation must be at least 1.");
  static_assert(output_padding >= 0 && (output_padding == 0 || !std::is_same_v<Padding, Same>),
                "mica::ConvTranspose2d: output_padding cannot be negative, and must be 0 with Same.");
  static_assert(output_padding == 0 || ((output_padding < height_of(stride) || output_padding < height_of(dilation)) &&
                                        (output_padding < width_of(stride) || output_padding < width_of(dilation))),
                "mica::ConvTranspose2d: output_padding must be smaller than the stride or the dilation.");

  // The extent of the output; Same is the only padding that depends on it.
  static constexpr int output_extent(int size, int reach, int step, Margin margin) {
    if (std::is_same_v<Padding, Same>) return size * step;
    return (size - 1) * step + reach - margin.before - margin.after + output_padding;
  }

  // The window with which a convolution moves over the output.
  template <class Input>
  static constexpr Window make_transposed_window() {
    Window w{};
    w.channels = outputs;
    w.kernel_height = height_of(kernel);
    w.kernel_width = width_of(kernel);
    w.stride_height = height_of(stride);
    w.stride_width = width_of(stride);
    w.dilation_height = height_of(dilation);
    w.dilation_width = width_of(dilation);
    w.out_height = image_extent<Input>(0);
    w.out_width = image_extent<Input>(1);
    const int full_height = w.out_height * w.stride_height, full_width = w.out_width * w.stride_width;
    const Margin vertical = Padding::vertical(full_height, w.reach_height(), w.stride_height);
    const Margin horizontal = Padding::horizontal(full_width, w.reach_width(), w.stride_width);
    w.top = vertical.before;
    w.left = horizontal.before;
    w.height = output_extent(w.out_height, w.reach_height(), w.stride_height, vertical);
    w.width = output_extent(w.out_width, w.reach_width(), w.stride_width, horizontal);
    return w;
  }

  template <class Input>
  struct Geometry {
    static constexpr Window window = make_transposed_window<Input>();
    static constexpr bool has_output = window.height > 0 && window.width > 0;
    using Output = Shape<has_output ? window.height : 1, has_output ? window.width : 1, outputs>;
  };

  template <class Input, class T = float>
  struct On : LayerDefaults<On<Input, T>, Input, typename Geometry<Input>::Output, T> {
    using Output = typename Geometry<Input>::Output;
    using Stats = typename LayerDefaults<On, Input, Output, T>::Stats;
    static constexpr Window window = Geometry<Input>::window;
    static_assert(Input::rank == 3,
                  "mica::ConvTranspose2d: the input must have three extents: height, width and channels.");
    static_assert(Geometry<Input>::has_output, "mica::ConvTranspose2d: the padding leaves no output.");
    static constexpr int channels = Input::extent(Input::rank - 1);
    static constexpr Fan fan = {window.taps() * channels, window.taps() * outputs};
    static constexpr bool needs_input = true;
    static constexpr Activation activation = {Activation::weights, 0};

    struct Params {
      Tensor<T, window.kernel_height, window.kernel_width, outputs, channels> weight;
      Tensor<T, outputs> bias;
    };
    static constexpr int infer_scratch(int) { return kernels::panel_size; }
    static constexpr int train_scratch(int) {
      return window.scratch() > kernels::panel_size ? window.scratch() : kernels::panel_size;
    }

    static void initialize(Params& params, Stats&, Activation next, Random random) {
      WeightInitializer::fill(params.weight.data(), window.taps() * outputs, channels, fan, next, random.fork(0));
      BiasInitializer::fill(params.bias.data(), 1, outputs, fan, next, random.fork(1));
    }

    static void infer(const Params& params, const Stats&, BatchView<const T, Input> x, BatchView<T, Output> y,
                      T* scratch) {
      kernels::convolve_input_gradient<T>(window, channels, x.size, x.data, params.weight.data(), params.bias.data(),
                                          y.data, scratch);
    }

    template <class Cache>
    static void backward(const Params& params, Params& gradient, const Cache& cache, BatchView<const T, Input> x,
                         BatchView<const T, Output>, BatchView<T, Output> dy, BatchView<T, Input> dx,
                         StepContext<T> context) {
      kernels::convolve_weight_gradient<T>(window, channels, x.size, dy.data, x.data, gradient.weight.data(),
                                           context.scratch, {0, window.kernel_height});
      kernels::add_rows<T>(dy.count() / outputs, outputs, dy.data, gradient.bias.data());
      if (dx.data != nullptr) input_gradient(params, cache, dy, dx, context);
    }
    template <class Cache>
    static void input_gradient(const Params& params, const Cache&, BatchView<T, Output> dy, BatchView<T, Input> dx,
                               StepContext<T> context) {
      kernels::convolve<T>(window, channels, dy.size, dy.data, params.weight.data(), nullptr, dx.data, context.scratch);
    }
  };

  template <class Writer>
  static constexpr void describe(Writer& writer) {
    writer << "ConvTranspose2d<" << outputs << ", ";
    describe_size(writer, kernel);
    writer << ", ";
    Padding::describe(writer);
    writer << ", ";
    describe_size(writer, stride);
    writer << ", " << output_padding << ", ";
    describe_size(writer, dilation);
    writer << ">";
  }
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
