// Convolutions of an image with one channel, as first layers often are: a column under the kernel of one output is also
// under that of its neighbours, so that a number of the image is brought into a vector once for several of them.
#pragma once

#include <mica/window.hpp>

#include "stencil.hpp"
#include "unroll.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace kernels {

// Whether these loops are for this window: kernels three or five wide, and a port with vectors and registers enough.
template <class P>
inline bool takes_one_channel(const Window& w) {
  return P::lanes > 1 && P::tile_rows * P::tile_vectors >= 8 && w.channels == 1 && w.stride_width == 1 &&
         w.dilation_width == 1 && (w.kernel_width == 3 || w.kernel_width == 5);
}

// One vector of outputs at `pixels` neighbouring columns; x_row is from one of the kernel's rows to the next.
template <class P, int width, int pixels, class Vector>
inline void one_channel_pixels(int kernel_rows, const typename P::Value* x, long x_row, const typename P::Value* weight,
                               int outputs, typename P::Float start, typename P::Value* y, Vector vector) {
  using Float = typename P::Float;
  Float sum[pixels];
  for (auto& s : sum) s = start;
  for (int ky = 0; ky < kernel_rows; ++ky, x += x_row) {
    Float input[pixels + width - 1];
    MICA_UNROLL
    for (int i = 0; i < pixels + width - 1; ++i) input[i] = P::set(x[i]);
    MICA_UNROLL
    for (int kx = 0; kx < width; ++kx, weight += outputs) {
      const Float factor = vector.load(weight);
      MICA_UNROLL
      for (int p = 0; p < pixels; ++p) sum[p] = P::fma(input[p + kx], factor, sum[p]);
    }
  }
  MICA_UNROLL
  for (int p = 0; p < pixels; ++p) vector.store(y + p * outputs, sum[p]);
}

template <class P, int width>
inline void one_channel_row(const Window& w, int outputs, const typename P::Value* x, long x_row,
                            const typename P::Value* weight, const typename P::Value* bias, typename P::Value* y) {
  for_vectors<P>(outputs, [=](int o, auto vector) {
    const auto start = bias == nullptr ? P::set(0) : vector.load(bias + o);
    int j = 0;
    for (; j + 4 <= w.out_width; j += 4) {
      one_channel_pixels<P, width, 4>(w.kernel_height, x + j, x_row, weight + o, outputs, start, y + j * outputs + o,
                                      vector);
    }
    for (; j < w.out_width; ++j) {
      one_channel_pixels<P, width, 1>(w.kernel_height, x + j, x_row, weight + o, outputs, start, y + j * outputs + o,
                                      vector);
    }
  });
}

// The gradient of a few of the kernel's rows for one vector of outputs, in registers.
template <class P, int width_, int rows>
struct OneChannelGradient {
  using T = typename P::Value;
  using Float = typename P::Float;
  static constexpr int width = width_;
  Float sum[rows * width];

  template <class Vector>
  OneChannelGradient(const T* dw, int outputs, Vector vector) {
    for (int tap = 0; tap < rows * width; ++tap) sum[tap] = vector.load(dw + tap * outputs);
  }
  template <class Vector>
  void store(T* dw, int outputs, Vector vector) const {
    for (int tap = 0; tap < rows * width; ++tap) vector.store(dw + tap * outputs, sum[tap]);
  }
  // sum += x dy for columns begin ... end - 1, where dy_at(column) is a vector.
  template <class Gradient>
  void add(int begin, int end, const T* x, long x_row, Gradient dy_at) {
    int j = begin;
    for (; j + 2 <= end; j += 2) {
      const Float left = dy_at(j), right = dy_at(j + 1);
      add_columns<2>(x + j, x_row, [=](int column) { return column == 0 ? left : right; });
    }
    if (j < end) {
      const Float dy = dy_at(j);
      add_columns<1>(x + j, x_row, [=](int) { return dy; });
    }
  }

 private:
  template <int columns, class Gradient>
  void add_columns(const T* x, long x_row, Gradient dy) {
    MICA_UNROLL
    for (int row = 0; row < rows; ++row, x += x_row) {
      Float input[columns + width - 1];
      MICA_UNROLL
      for (int i = 0; i < columns + width - 1; ++i) input[i] = P::set(x[i]);
      MICA_UNROLL
      for (int kx = 0; kx < width; ++kx) {
        auto& s = sum[row * width + kx];
        MICA_UNROLL
        for (int c = 0; c < columns; ++c) s = P::fma(input[c + kx], dy(c), s);
      }
    }
  }
};

// Stands for a type of OneChannelGradient.
template <class P, int width, int rows>
struct OneChannelGradientOf {
  using Type = OneChannelGradient<P, width, rows>;
  static constexpr int kernel_rows = rows;
};
// Calls body(OneChannelGradientOf) with as many of the kernel's rows as fit, and returns their number.
template <class P>
constexpr int most_one_channel_rows(int width) {
  return width == 3 ? 3 : 2;
}
template <class P, class Body>
inline int with_one_channel_gradient(int width, int rows, Body body) {
  if (width == 3) {
    if (rows >= 3) return body(OneChannelGradientOf<P, 3, 3>{}), 3;
    if (rows == 2) return body(OneChannelGradientOf<P, 3, 2>{}), 2;
    return body(OneChannelGradientOf<P, 3, 1>{}), 1;
  }
  if (rows >= 2) return body(OneChannelGradientOf<P, 5, 2>{}), 2;
  return body(OneChannelGradientOf<P, 5, 1>{}), 1;
}

}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
