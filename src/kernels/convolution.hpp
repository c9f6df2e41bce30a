// Convolution as a matrix product whose left operand is never written out.
//
// The numbers under the kernel at neighbouring outputs of a row lie at a fixed distance in the image, so that the register
// tile can read them where they are: a tile covers some outputs of one row, and k runs over the kernel's rows, each one
// stretch of memory. Only the padding needs a copy, of a few rows at a time.
#pragma once

#include <mica/kernels/convolution.hpp>

#include "matmul.hpp"
#include "one_channel.hpp"
#include "port_of.hpp"
#include "strip.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace kernels {

// A kernel of one pixel without stride or padding takes an image as one long row, which fills the tiles better.
inline Window joined_rows(const Window& w) {
  if (w.taps() != 1 || w.stride_height != 1 || w.stride_width != 1 || w.padded()) return w;
  Window row = w;
  row.width = row.out_width = w.width * w.height;
  row.height = row.out_height = 1;
  return row;
}

// Calls body(first, rows, strip) for all strips of one image.
template <class P, class Body>
inline void for_strips(const Window& w, const typename P::Value* image, typename P::Value* scratch, Body body) {
  const int most = w.padded() ? w.strip_rows() : w.out_height;
  for (int first = 0; first < w.out_height; first += most) {
    const int rows = w.out_height - first < most ? w.out_height - first : most;
    body(first, rows, make_strip<P>(w, image, first, rows, scratch));
  }
}

// Calls body(j, columns) for all blocks of columns as wide as the register tile.
template <class P, class Body>
inline void for_column_blocks(int n, Body body) {
  constexpr int width = P::tile_vectors * P::lanes;
  for (int j = 0; j < n; j += width) body(j, n - j < width ? n - j : width);
}

namespace on {

// y[row][column][o] = b[o] + sum over the kernel's rows, columns and channels, in this order, of x w; for `rows` rows of
// outputs, whose input rows are the strip.
template <class P>
void convolve_rows(const Window& w, int outputs, int rows, Strip<typename P::Value> strip,
                   const typename P::Value* weight, const typename P::Value* bias, typename P::Value* y) {
  using T = typename P::Value;
  const long y_row = static_cast<long>(w.out_width) * outputs;
  const long next_row = w.dilation_height * strip.row_length;
  if constexpr (P::lanes > 1) {
    if (takes_one_channel<P>(w)) {
      for (int row = 0; row < rows; ++row, y += y_row) {
        const auto convolve_row = w.kernel_width == 3 ? one_channel_row<P, 3> : one_channel_row<P, 5>;
        convolve_row(w, outputs, strip.row(row), next_row, weight, bias, y);
      }
      return;
    }
  }
  for_column_blocks<P>(outputs, [&](int j, int columns) {
    const Strided<T> b{weight + j, 1, outputs};
    const Start<T> start = bias == nullptr ? Start<T>::zero() : Start<T>::row(bias + j);
    for (int row = 0; row < rows; ++row) {
      T* const c = y + row * y_row + j;
      Strided<T> a{strip.row(row), static_cast<long>(w.stride_width) * w.channels, 1};
      if (w.dilation_width == 1) {
        tile_rows<P>(w.out_width, columns,
                     {{w.kernel_height, next_row, w.kernel_width * w.channels}, a, b, false, start, c, outputs});
        continue;
      }
      for (int ky = 0; ky < w.kernel_height; ++ky, a.data += next_row) {
        tile_rows<P>(w.out_width, columns,
                     {{w.kernel_width, static_cast<long>(w.dilation_width) * w.channels, w.channels},
                      a,
                      b.from(0, static_cast<long>(ky) * w.kernel_width * w.channels),
                      false,
                      ky == 0 ? start : Start<T>::matrix(c, outputs),
                      c,
                      outputs});
      }
    }
  });
}

template <class P>
void convolve(const Window& window, int outputs, int samples, const typename P::Value* x,
              const typename P::Value* weight, const typename P::Value* bias, typename P::Value* y,
              typename P::Value* scratch) {
  using T = typename P::Value;
  const Window w = joined_rows(window);
  const long x_size = static_cast<long>(w.height) * w.width * w.channels;
  const long y_row = static_cast<long>(w.out_width) * outputs;
  for (int n = 0; n < samples; ++n, x += x_size, y += w.out_height * y_row) {
    for_strips<P>(w, x, scratch, [&](int first, int rows, Strip<T> strip) {
      convolve_rows<P>(w, outputs, rows, strip, weight, bias, y + first * y_row);
    });
  }
}

// One channel: dw[ky][kx][o] += sum over `rows` rows of outputs and their columns of x dy.
template <class P>
void one_channel_weight_gradient(const Window& w, int outputs, int rows, Strip<typename P::Value> strip,
                                 const typename P::Value* dy, typename P::Value* dw, Part kernel_rows) {
  const long tap_row = w.dilation_height * strip.row_length, dy_row = static_cast<long>(w.out_width) * outputs;
  for_vectors<P>(outputs, [=](int o, auto vector) {
    for (int ky = kernel_rows.first; ky < kernel_rows.end();) {
      ky += with_one_channel_gradient<P>(w.kernel_width, kernel_rows.end() - ky, [=](auto gradient_of) {
        auto* const at = dw + static_cast<long>(ky) * w.kernel_width * outputs + o;
        typename decltype(gradient_of)::Type gradient(at, outputs, vector);
        for (int row = 0; row < rows; ++row) {
          const auto* const from = dy + row * dy_row + o;
          gradient.add(0, w.out_width, strip.row(row) + ky * tap_row, tap_row,
                       [=](int column) { return vector.load(from + column * outputs); });
        }
        gradient.store(at, outputs, vector);
      });
    }
  });
}

// dw[ky][kx][channel][o] += sum over samples, rows and columns of x dy, for some ky: the transposed product of the same
// operand.
template <class P>
void convolve_weight_gradient(const Window& window, int outputs, int samples, const typename P::Value* x,
                              const typename P::Value* dy, typename P::Value* dw, typename P::Value* scratch,
                              Part kernel_rows) {
  using T = typename P::Value;
  const Window w = joined_rows(window);
  const long x_size = static_cast<long>(w.height) * w.width * w.channels;
  const long y_row = static_cast<long>(w.out_width) * outputs;
  const int stretch = w.dilation_width == 1 ? w.kernel_width : 1;
  for (int n = 0; n < samples; ++n, x += x_size, dy += w.out_height * y_row) {
    for_strips<P>(w, x, scratch, [&](int first, int rows, Strip<T> strip) {
      if constexpr (P::lanes > 1) {
        if (takes_one_channel<P>(w))
          return one_channel_weight_gradient<P>(w, outputs, rows, strip, dy + first * y_row, dw, kernel_rows);
      }
      const Depth depth{rows, w.stride_height * strip.row_length, w.out_width};
      for_column_blocks<P>(outputs, [&](int j, int columns) {
        const Strided<T> b{dy + first * y_row + j, 1, outputs};
        for (int ky = kernel_rows.first; ky < kernel_rows.end(); ++ky) {
          for (int kx = 0; kx < w.kernel_width; kx += stretch) {
            const T* const from = strip.data + ky * w.dilation_height * strip.row_length +
                                  static_cast<long>(kx) * w.dilation_width * w.channels;
            T* const c = dw + (static_cast<long>(ky) * w.kernel_width + kx) * w.channels * outputs + j;
            tile_rows<P>(stretch * w.channels, columns,
                         {depth,
                          {from, 1, static_cast<long>(w.stride_width) * w.channels},
                          b,
                          false,
                          Start<T>::matrix(c, outputs),
                          c,
                          outputs});
          }
        }
      });
    });
  }
}

// dx[row][column][channel] = bias[channel] + sum over the kernel's rows and columns, then outputs, of dy w. Every tap adds
// to the pixels it falls on, so that nothing is padded here. The panel holds as many taps' weights, channels side by side,
// as fit.
template <class P>
void convolve_input_gradient(const Window& window, int outputs, int samples, const typename P::Value* dy,
                             const typename P::Value* weight, const typename P::Value* bias, typename P::Value* dx,
                             typename P::Value* panel) {
  using T = typename P::Value;
  const Window w = joined_rows(window);
  constexpr int width = P::tile_vectors * P::lanes;
  constexpr int room = panel_size > 0 ? panel_size / width : 1;
  const long x_size = static_cast<long>(w.height) * w.width * w.channels;
  const long y_size = static_cast<long>(w.out_height) * w.out_width * outputs;
  const bool in_place = P::lanes == 1 && panel_size == 0;
  if (bias == nullptr) clear<P>(samples * x_size, dx);
  for (long i = 0; bias != nullptr && i < samples * x_size; i += w.channels) copy_row<P>(w.channels, bias, dx + i);
  const int depth = in_place || outputs < room ? outputs : room;
  const int parts = (outputs + depth - 1) / depth;
  const int units = w.taps() * parts;
  const int together = in_place ? units : (room / depth < units ? room / depth : units);

  for_column_blocks<P>(w.channels, [&](int j, int columns) {
    for (int first = 0; first < units; first += together) {
      const int last = first + together < units ? first + together : units;
      const auto weights_of = [&](int unit) {
        return Strided<T>{weight + (static_cast<long>(unit / parts) * w.channels + j) * outputs + unit % parts * depth,
                          outputs, 1};
      };
      const auto depth_of = [&](int unit) {
        const int left = outputs - unit % parts * depth;
        return left < depth ? left : depth;
      };
      for (int unit = first; unit < last && !in_place; ++unit) {
        pack<P>(columns, depth_of(unit), weights_of(unit), width, panel + (unit - first) * depth * width);
      }
      for (int n = 0; n < samples; ++n) {
        for (int unit = first; unit < last; ++unit) {
          const int tap = unit / parts;
          const TapRange rows =
              tap_range(tap / w.kernel_width, w.dilation_height, w.stride_height, w.top, w.height, w.out_height);
          const TapRange across =
              tap_range(tap % w.kernel_width, w.dilation_width, w.stride_width, w.left, w.width, w.out_width);
          if (across.count == 0) continue;
          const Strided<T> b =
              in_place ? weights_of(unit) : Strided<T>{panel + (unit - first) * depth * width, 1, width};
          const long c_stride = static_cast<long>(w.stride_width) * w.channels;
          for (int row = 0; row < rows.count; ++row) {
            const T* const from = dy + n * y_size +
                                  (static_cast<long>(rows.first + row) * w.out_width + across.first) * outputs +
                                  unit % parts * depth;
            T* const c =
                dx + n * x_size +
                (static_cast<long>(rows.inside + row * w.stride_height) * w.width + across.inside) * w.channels + j;
            tile_rows<P>(across.count, columns,
                         {{1, 0, depth_of(unit)},
                          {from, outputs, 1},
                          b,
                          !in_place,
                          {c, static_cast<int>(c_stride)},
                          c,
                          c_stride});
          }
        }
      }
    }
  });
}

}  // namespace on

template <class T>
void convolve(const Window& window, int outputs, int samples, const T* x, const T* weight, const T* bias, T* y,
              T* scratch) {
  on::convolve<PortOf<T>>(window, outputs, samples, x, weight, bias, y, scratch);
}
template <class T>
void convolve_weight_gradient(const Window& window, int outputs, int samples, const T* x, const T* dy, T* dw,
                              T* scratch, Part kernel_rows) {
  on::convolve_weight_gradient<PortOf<T>>(window, outputs, samples, x, dy, dw, scratch, kernel_rows);
}
template <class T>
void convolve_input_gradient(const Window& window, int outputs, int samples, const T* dy, const T* weight,
                             const T* bias, T* dx, T* panel) {
  on::convolve_input_gradient<PortOf<T>>(window, outputs, samples, dy, weight, bias, dx, panel);
}

}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica

// All of them for one number type: float in src/kernels/convolution.cpp, double in src/testing/.
#define MICA_INSTANTIATE_CONVOLUTION(T)                                                                 \
  template void convolve<T>(const Window&, int, int, const T*, const T*, const T*, T*, T*);             \
  template void convolve_weight_gradient<T>(const Window&, int, int, const T*, const T*, T*, T*, Part); \
  template void convolve_input_gradient<T>(const Window&, int, int, const T*, const T*, const T*, T*, T*);
