#pragma once

#include <mica/fusion_part.hpp>
#include <mica/initializers.hpp>
#include <mica/layer.hpp>
#include <mica/padding.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// Conv2d: a two-dimensional convolution (cross-correlation, as everywhere in the field), channels last.
//   y[i][j][o] = b[o] + sum over m, n, c of x[i s + m d - top][j s + n d - left][c] w[m][n][c][o]
//   dw = the same sum over i, j with dy,   db = sum of dy,   dx = the taps' shares of dy transposed(w), added up
// Each y is one chain of fused multiply-adds over m, n, c in this order; outside the image x is 0.
// Shape: [height][width][channels] -> [out height][out width][outputs]; kernel, stride and dilation are one number or
// rectangle(height, width); Padding is Valid, Same or Pad<...>.
// Params: weight [kernel height][kernel width][channels][outputs], bias [outputs]. Stats: none. Cache: none (backward
// reads the input). Memory: 4 (taps channels + 1) outputs bytes of parameters; scratch for a few padded rows.
// Fan-in: taps * channels. Fan-out: taps * outputs.
// Errors: an input without three extents, or a kernel larger than the padded image, does not compile.
template <int outputs, int kernel, class Padding = Valid, int stride = 1, int dilation = 1,
          class WeightInitializer = Auto, class BiasInitializer = Zeros>
struct Conv2d {
  static_assert(outputs > 0 && kernel > 0 && stride > 0 && dilation > 0,
                "mica::Conv2d: outputs, kernel, stride and dilation must be at least 1.");

  template <class Input>
  struct Geometry {
    static constexpr Window window = make_window<Input, Padding>(kernel, stride, dilation);
    using Output = Shape<window.out_height, window.out_width, outputs>;
  };

  template <class Input, class T = float>
  struct On : LayerDefaults<On<Input, T>, Input, typename Geometry<Input>::Output, T> {
    using Output = typename Geometry<Input>::Output;
    using Stats = typename LayerDefaults<On, Input, Output, T>::Stats;
    using Fuses = FusesAs<On, FusionPart::convolution>;
    static constexpr Window window = Geometry<Input>::window;
    static_assert(Input::rank == 3, "mica::Conv2d: the input must have three extents: height, width and channels.");
    static_assert(kernel_fits<Input, Padding>(kernel, stride, dilation),
                  "mica::Conv2d: the kernel is larger than the padded image.");
    static constexpr int rows = window.taps() * window.channels;
    static constexpr long long steps = static_cast<long long>(Output::size) * rows;
    static constexpr Fan fan = {rows, window.taps() * outputs};
    static constexpr bool pointwise = window.taps() == 1 && window.stride_height == 1 && window.stride_width == 1 &&
                                      !window.padded();  // a matrix product over the pixels
    static constexpr bool needs_input = true;
    static constexpr bool dx_over_x = true;
    static constexpr Activation activation = {Activation::weights, 0};

    struct Params {
      Tensor<T, window.kernel_height, window.kernel_width, window.channels, outputs> weight;
      Tensor<T, outputs> bias;
    };
    static constexpr int infer_scratch(int) { return window.scratch(); }
    static constexpr int train_scratch(int) {
      return window.scratch() > kernels::panel_size ? window.scratch() : kernels::panel_size;
    }
    static constexpr int shared_scratch(int batch) { return train_scratch(batch); }

    static void initialize(Params& params, Stats&, Activation next, Random random) {
      WeightInitializer::fill(params.weight.data(), rows, outputs, fan, next, random.fork(0));
      BiasInitializer::fill(params.bias.data(), 1, outputs, fan, next, random.fork(1));
    }

    static void infer(const Params& params, const Stats&, BatchView<const T, Input> x, BatchView<T, Output> y,
                      Scratch<T> scratch) {
      scratch.share(x.size, steps, [&](int first, int samples, T* numbers) {
        kernels::convolve(window, outputs, samples, x[first], params.weight.data(), params.bias.data(), y[first],
                          numbers);
      });
    }

    template <class Cache>
    static void backward(const Params& params, Params& gradient, const Cache& cache, BatchView<const T, Input> x,
                         BatchView<const T, Output>, BatchView<T, Output> dy, BatchView<T, Input> dx,
                         StepContext<T> context) {
      weight_gradient(x, dy, gradient.weight.data(), context.scratch);
      kernels::add_rows(dy.count() / outputs, outputs, dy.data, gradient.bias.data());
      if (dx.data != nullptr) input_gradient(params, cache, dy, dx, context);
    }
    template <class Cache>
    static void input_gradient(const Params& params, const Cache&, BatchView<T, Output> dy, BatchView<T, Input> dx,
                               StepContext<T> context) {
      context.scratch.share(dy.size, steps, [&](int first, int samples, T* numbers) {
        kernels::convolve_input_gradient<T>(window, outputs, samples, dy[first], params.weight.data(), nullptr,
                                            dx[first], numbers);
      });
    }

   private:
    static void weight_gradient(BatchView<const T, Input> x, BatchView<T, Output> dy, T* dw, Scratch<T> scratch) {
      if constexpr (pointwise) {
        constexpr int pixels = window.width * window.height;
        scratch.share(rows, static_cast<long long>(x.size) * Output::size, [&](int first, int channels, T* numbers) {
          T* const to = dw + first * outputs;
          kernels::matmul_transposed_a<T>(channels, outputs, x.size * pixels, x.data + first, rows, dy.data,
                                          kernels::Start<T>::matrix(to, outputs), to, numbers);
        });
      } else {
        scratch.share(window.kernel_height, x.size * steps / window.kernel_height,
                      [&](int first, int kernel_rows, T* numbers) {
                        kernels::convolve_weight_gradient<T>(window, outputs, x.size, x.data, dy.data, dw, numbers,
                                                             {first, kernel_rows});
                      });
      }
    }
  };

  template <class Writer>
  static constexpr void describe(Writer& writer) {
    writer << "Conv2d<" << outputs << ", ";
    describe_size(writer, kernel);
    writer << ", ";
    Padding::describe(writer);
    writer << ", ";
    describe_size(writer, stride);
    writer << ", ";
    describe_size(writer, dilation);
    writer << ">";
  }
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
