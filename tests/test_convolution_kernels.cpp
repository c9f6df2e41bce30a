// The loops of convolutions, native and scalar, between guards, bit for bit against chains of fused multiply-adds
// written out from their definition.
#include <cstdio>

#include <doctest/doctest.h>

#include "../src/kernels/convolution.hpp"
#include "../src/kernels/depthwise.hpp"
#include "support.hpp"

using namespace tests;
namespace on = mica::kernels::on;
using mica::Window;

namespace {

int positions(int size, int reach, int stride) { return (size - reach) / stride + 1; }

// A window of random extents: some with padding on each side, with strides, with dilation, one pixel wide.
Window random_window(Numbers& numbers) {
  Window w{};
  w.channels = 1 + numbers.below(2 * Native::lanes + 2);
  w.kernel_height = 1 + numbers.below(3);
  w.kernel_width = 1 + numbers.below(6);
  w.stride_height = 1 + numbers.below(3);
  w.stride_width = 1 + numbers.below(3);
  w.dilation_height = 1 + numbers.below(2);
  w.dilation_width = 1 + numbers.below(2);
  if (numbers.below(4) == 0) w.kernel_height = w.kernel_width = w.stride_height = w.stride_width = 1;
  if (numbers.below(4) == 0) {
    // One channel and a usual kernel.
    w.channels = w.stride_width = w.dilation_width = 1;
    w.kernel_width = 3 + 2 * numbers.below(2);
    w.kernel_height = 1 + numbers.below(5);
  }
  const bool padded = numbers.below(3) > 0;
  w.top = padded ? numbers.below(4) : 0;
  w.left = padded ? numbers.below(4) : 0;
  const int bottom = padded ? numbers.below(4) : 0, right = padded ? numbers.below(4) : 0;
  w.height = 1 + numbers.below(7);
  w.width = 1 + numbers.below(14);
  if (w.height + w.top + bottom < w.reach_height()) w.height = w.reach_height();
  if (w.width + w.left + right < w.reach_width()) w.width = w.reach_width();
  w.out_height = positions(w.height + w.top + bottom, w.reach_height(), w.stride_height);
  w.out_width = positions(w.width + w.left + right, w.reach_width(), w.stride_width);
  return w;
}

void fill(Guarded& array, Numbers& numbers) {
  for (int i = 0; i < array.size(); ++i) array[i] = numbers.even();
}

int wrong_numbers(Guarded& got, const Guarded& expected_) {
  Guarded expected = expected_;
  int wrong = got.intact() ? 0 : 1;
  for (int i = 0; i < got.size(); ++i) wrong += bits_of(got[i]) == bits_of(expected[i]) ? 0 : 1;
  return wrong;
}

// Calls body(output row, output column, kernel row, kernel column, input row, input column, inside) in this order.
template <class Body>
void for_taps(const Window& w, Body body) {
  for (int i = 0; i < w.out_height; ++i) {
    for (int j = 0; j < w.out_width; ++j) {
      for (int m = 0; m < w.kernel_height; ++m) {
        for (int n = 0; n < w.kernel_width; ++n) {
          const int row = i * w.stride_height + m * w.dilation_height - w.top;
          const int column = j * w.stride_width + n * w.dilation_width - w.left;
          body(i, j, m, n, row, column, row >= 0 && row < w.height && column >= 0 && column < w.width);
        }
      }
    }
  }
}

// One convolution's operands; `outputs` of a depthwise one are channels * multiplier.
struct Case {
  Window w;
  int samples, outputs, weights;
  Guarded x, weight, bias, dy, dw;

  Case(const Window& window, int samples_, int outputs_, int weights_, int offset, Numbers& numbers)
      : w(window),
        samples(samples_),
        outputs(outputs_),
        weights(weights_),
        x(samples * w.height * w.width * w.channels, offset),
        weight(weights, offset + 1),
        bias(outputs > w.channels ? outputs : w.channels, offset + 2),
        dy(samples * w.out_height * w.out_width * outputs, offset + 3),
        dw(weights, offset + 4) {
    for (Guarded* array : {&x, &weight, &bias, &dy, &dw}) fill(*array, numbers);
  }
  float* pixel(int sample, int row, int column) {
    return x.data() + ((sample * w.height + row) * w.width + column) * w.channels;
  }
  int output(int sample, int row, int column) const {
    return ((sample * w.out_height + row) * w.out_width + column) * outputs;
  }
  int input(int sample, int row, int column) const {
    return ((sample * w.height + row) * w.width + column) * w.channels;
  }
};

void describe(const Window& w) {
  MESSAGE("image ", w.height, "x", w.width, "x", w.channels, ", kernel ", w.kernel_height, "x", w.kernel_width,
          ", stride ", w.stride_height, "x", w.stride_width, ", dilation ", w.dilation_height, "x", w.dilation_width,
          ", top ", w.top, ", left ", w.left, ", output ", w.out_height, "x", w.out_width);
}

template <class P>
int check_convolution(Case& c, bool with_bias, Guarded& y, Guarded& dw, Guarded& dx) {
  float* const bias = with_bias ? c.bias.data() : nullptr;
  const int room = c.w.scratch() > mica::kernels::panel_size ? c.w.scratch() : mica::kernels::panel_size;
  Guarded got_y(y.size(), 1), got_dw = c.dw, got_dx(dx.size(), 2), scratch(c.w.scratch()), both(room);
  on::convolve<P>(c.w, c.outputs, c.samples, c.x.data(), c.weight.data(), bias, got_y.data(), scratch.data());
  on::convolve_weight_gradient<P>(c.w, c.outputs, c.samples, c.x.data(), c.dy.data(), got_dw.data(), scratch.data(),
                                  {0, c.w.kernel_height});
  on::convolve_input_gradient<P>(c.w, c.outputs, c.samples, c.dy.data(), c.weight.data(), bias, got_dx.data(),
                                 both.data());
  int wrong = wrong_numbers(got_y, y) + wrong_numbers(got_dw, dw) + wrong_numbers(got_dx, dx);
  wrong += scratch.intact() && both.intact() ? 0 : 1;
  return wrong;
}

template <class P>
int check_depthwise(Case& c, int multiplier, Guarded& y, Guarded& dw, Guarded& dx) {
  Guarded got_y(y.size(), 1), got_dw = c.dw, got_dx(dx.size(), 2);
  on::depthwise<P>(c.w, multiplier, c.samples, c.x.data(), c.weight.data(), c.bias.data(), got_y.data());
  on::depthwise_weight_gradient<P>(c.w, multiplier, c.samples, c.x.data(), c.dy.data(), got_dw.data());
  on::depthwise_input_gradient<P>(c.w, multiplier, c.samples, c.dy.data(), c.weight.data(), got_dx.data());
  return wrong_numbers(got_y, y) + wrong_numbers(got_dw, dw) + wrong_numbers(got_dx, dx);
}

}  // namespace

TEST_CASE("full convolutions of random extents") {
  Numbers numbers(1);
  for (int round = 0; round < 400; ++round) {
    const Window w = random_window(numbers);
    const int outputs = 1 + numbers.below(3 * Native::lanes), samples = 1 + numbers.below(2);
    Case c(w, samples, outputs, w.taps() * w.channels * outputs, round % 8, numbers);
    const bool with_bias = round % 2 == 0;
    Guarded y(c.dy.size()), dx(c.x.size()), dw = c.dw;
    for (int i = 0; i < y.size(); ++i) y[i] = with_bias ? c.bias[i % outputs] : 0;
    for (int i = 0; i < dx.size(); ++i) dx[i] = with_bias ? c.bias[i % w.channels] : 0;
    for (int s = 0; s < samples; ++s) {
      for_taps(w, [&](int i, int j, int m, int n, int row, int column, bool inside) {
        for (int k = 0; k < w.channels; ++k) {
          const float number = inside ? c.pixel(s, row, column)[k] : 0;
          const int at = ((m * w.kernel_width + n) * w.channels + k) * outputs;
          for (int o = 0; o < outputs; ++o) {
            float& sum = y[c.output(s, i, j) + o];
            sum = Scalar::fma(number, c.weight[at + o], sum);
            dw[at + o] = Scalar::fma(number, c.dy[c.output(s, i, j) + o], dw[at + o]);
          }
        }
      });
      // The input's chains run over the taps, not over the outputs' places.
      for (int tap = 0; tap < w.taps(); ++tap) {
        for_taps(w, [&](int i, int j, int m, int n, int row, int column, bool inside) {
          if (!inside || m * w.kernel_width + n != tap) return;
          for (int k = 0; k < w.channels; ++k) {
            float& sum = dx[c.input(s, row, column) + k];
            for (int o = 0; o < outputs; ++o) {
              sum = Scalar::fma(c.dy[c.output(s, i, j) + o], c.weight[(tap * w.channels + k) * outputs + o], sum);
            }
          }
        });
      }
    }
    const int native = check_convolution<Native>(c, with_bias, y, dw, dx);
    const int scalar = check_convolution<Scalar>(c, with_bias, y, dw, dx);
    CHECK(native == 0);
    CHECK(scalar == 0);
    if (native + scalar > 0) describe(w);
  }
}

TEST_CASE("depthwise convolutions of random extents and multipliers") {
  Numbers numbers(2);
  const int multipliers[] = {1, 1, 2, 3, Native::lanes, 2 * Native::lanes};
  for (int round = 0; round < 600; ++round) {
    const Window w = random_window(numbers);
    const int multiplier = multipliers[numbers.below(6)], samples = 1 + numbers.below(2);
    const int outputs = w.channels * multiplier;
    Case c(w, samples, outputs, w.taps() * outputs, round % 8, numbers);
    Guarded y(c.dy.size()), dx(c.x.size()), dw = c.dw;
    for (int i = 0; i < y.size(); ++i) y[i] = c.bias[i % outputs];
    for (int i = 0; i < dx.size(); ++i) dx[i] = 0;
    for (int s = 0; s < samples; ++s) {
      for_taps(w, [&](int i, int j, int m, int n, int row, int column, bool inside) {
        const int at = (m * w.kernel_width + n) * outputs;
        for (int o = 0; o < outputs && inside; ++o) {
          const float number = c.pixel(s, row, column)[o / multiplier];
          float& sum = y[c.output(s, i, j) + o];
          sum = Scalar::fma(number, c.weight[at + o], sum);
          dw[at + o] = Scalar::fma(number, c.dy[c.output(s, i, j) + o], dw[at + o]);
        }
      });
      for (int tap = 0; tap < w.taps(); ++tap) {
        for_taps(w, [&](int i, int j, int m, int n, int row, int column, bool inside) {
          if (!inside || m * w.kernel_width + n != tap) return;
          for (int o = 0; o < outputs; ++o) {
            float& sum = dx[c.input(s, row, column) + o / multiplier];
            sum = Scalar::fma(c.dy[c.output(s, i, j) + o], c.weight[tap * outputs + o], sum);
          }
        });
      }
    }
    const int native = check_depthwise<Native>(c, multiplier, y, dw, dx);
    const int scalar = check_depthwise<Scalar>(c, multiplier, y, dw, dx);
    CHECK(native == 0);
    CHECK(scalar == 0);
    if (native + scalar > 0) describe(w);
  }
}

TEST_CASE("a panel that does not hold all outputs of a tap") {
  Numbers numbers(3);
  Window w{};
  w.height = w.width = 3;
  w.channels = 5;
  w.kernel_height = w.kernel_width = 2;
  w.stride_height = w.stride_width = w.dilation_height = w.dilation_width = 1;
  w.out_height = w.out_width = 2;
  const int outputs = mica::kernels::panel_size / (Native::tile_vectors * Native::lanes) + 3;
  Case c(w, 1, outputs, w.taps() * w.channels * outputs, 1, numbers);
  Guarded dx(c.x.size()), panel(mica::kernels::panel_size);
  on::convolve_input_gradient<Native>(w, outputs, 1, c.dy.data(), c.weight.data(), nullptr, dx.data(), panel.data());
  int wrong = 0;
  for (int i = 0; i < dx.size(); ++i) {
    const int row = i / w.channels / w.width, column = i / w.channels % w.width, k = i % w.channels;
    float sum = 0;
    for (int tap = 0; tap < w.taps(); ++tap) {
      const int from_row = row - tap / 2, from_column = column - tap % 2;
      if (from_row < 0 || from_row > 1 || from_column < 0 || from_column > 1) continue;
      for (int o = 0; o < outputs; ++o) {
        sum = Scalar::fma(c.dy[c.output(0, from_row, from_column) + o], c.weight[(tap * w.channels + k) * outputs + o],
                          sum);
      }
    }
    wrong += bits_of(dx[i]) == bits_of(sum) ? 0 : 1;
  }
  CHECK(wrong == 0);
  CHECK(dx.intact());
  CHECK(panel.intact());
}
