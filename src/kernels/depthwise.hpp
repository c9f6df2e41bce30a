// Depthwise convolutions: no channel meets another, so vectors run along the channels and every sum is one chain.
#pragma once

#include <mica/kernels/depthwise.hpp>

#include "port_of.hpp"
#include "stencil.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace kernels {

// Reads, for the outputs that a vector holds, the input channels they are made of.
template <class P>
struct SameChannel {
  template <class Vector>
  typename P::Float load(const typename P::Value* pixel, int o, const Vector& vector) const {
    return vector.load(pixel + o);
  }
};
// All outputs of a vector belong to one channel: the multiplier is a multiple of the lanes.
template <class P>
struct OneChannel {
  int multiplier;
  template <class Vector>
  typename P::Float load(const typename P::Value* pixel, int o, const Vector&) const {
    return P::set(pixel[o / multiplier]);
  }
};
template <class P>
struct SpreadChannels {
  int multiplier;
  template <class Vector>
  typename P::Float load(const typename P::Value* pixel, int o, const Vector& vector) const {
    typename P::Value lane[P::lanes] = {};
    for (int l = 0; l < vector.lanes(); ++l) lane[l] = pixel[(o + l) / multiplier];
    return P::load(lane);
  }
};

// Calls body(reader) with the one that fits the multiplier.
template <class P, class Body>
inline void with_reader(int multiplier, Body body) {
  if constexpr (P::lanes > 1) {
    if (multiplier == 1) return body(SameChannel<P>{});
    if (multiplier % P::lanes != 0) return body(SpreadChannels<P>{multiplier});
  }
  body(OneChannel<P>{multiplier});
}

// Numbers that lie `stride` apart: of the output channels c * multiplier + j, those with the same j.
template <class P, bool side_by_side, class Vector>
inline typename P::Float load_strided(const typename P::Value* from, int stride, const Vector& vector) {
  if constexpr (side_by_side || P::lanes == 1) {
    return vector.load(from);
  } else {
    typename P::Value lane[P::lanes] = {};
    for (int l = 0; l < vector.lanes(); ++l) lane[l] = from[l * stride];
    return P::load(lane);
  }
}

// dw of `taps` neighbouring taps for one vector of outputs and a stretch of one row: x and dy are those of its first
// position and the first tap.
template <class P, int taps, class Reader, class Vector>
inline void add_tap_gradients(int positions, const Reader& reader, const Vector& vector, int o,
                              const typename P::Value* x, long x_step, long x_tap, const typename P::Value* dy,
                              long dy_step, typename P::Value* dw) {
  typename P::Float sum[taps];
  MICA_UNROLL
  for (int v = 0; v < taps; ++v) sum[v] = vector.load(dw + v * dy_step);
  for (int j = 0; j < positions; ++j, x += x_step, dy += dy_step) {
    const auto d = vector.load(dy);
    MICA_UNROLL
    for (int v = 0; v < taps; ++v) sum[v] = P::fma(reader.load(x + v * x_tap, o, vector), d, sum[v]);
  }
  MICA_UNROLL
  for (int v = 0; v < taps; ++v) vector.store(dw + v * dy_step, sum[v]);
}

// The same for any number of taps, four at a time.
template <class P, class Reader, class Vector>
inline void add_row_gradients(int positions, int taps, const Reader& reader, const Vector& vector, int o,
                              const typename P::Value* x, long x_step, long x_tap, const typename P::Value* dy,
                              long dy_step, typename P::Value* dw) {
  const auto add = [&](auto together) {
    add_tap_gradients<P, together()>(positions, reader, vector, o, x, x_step, x_tap, dy, dy_step, dw);
  };
  for (; taps >= 4; taps -= 4, x += 4 * x_tap, dw += 4 * dy_step) add(Together<4>{});
  if (taps == 3) return add(Together<3>{});
  if (taps == 2) return add(Together<2>{});
  if (taps == 1) return add(Together<1>{});
}

namespace on {

// y[row][column][o] = b[o] + sum over the kernel's rows and columns, in this order, of x w.
template <class P>
void depthwise(const Window& w, int multiplier, int samples, const typename P::Value* x,
               const typename P::Value* weight, const typename P::Value* bias, typename P::Value* y) {
  using T = typename P::Value;
  const int outputs = w.channels * multiplier;
  const long x_row = static_cast<long>(w.width) * w.channels;
  const long x_tap = static_cast<long>(w.dilation_width) * w.channels;
  const long x_step = static_cast<long>(w.stride_width) * w.channels;
  const long w_row = static_cast<long>(w.kernel_width) * outputs;
  with_reader<P>(multiplier, [&](auto reader) {
    for (int n = 0; n < samples;
         ++n, x += w.height * x_row, y += static_cast<long>(w.out_height) * w.out_width * outputs) {
      walk<4>(forward_rows(w), forward_columns(w),
              [&](auto together, int row, TapSpan rows, int column, TapSpan across) {
                constexpr int positions = together();
                const T* const from = x + rows.source * x_row + static_cast<long>(across.source) * w.channels;
                const T* const weights = weight + rows.first * w_row + static_cast<long>(across.first) * outputs;
                T* const to = y + (static_cast<long>(row) * w.out_width + column) * outputs;
                for_vectors<P>(outputs, [&](int o, const auto& vector) {
                  typename P::Float sum[positions];
                  for (auto& s : sum) s = vector.load(bias + o);
                  for (int u = 0; u < rows.count; ++u) {
                    const T* pixel = from + u * w.dilation_height * x_row;
                    const T* tap = weights + u * w_row + o;
                    for (int v = 0; v < across.count; ++v, pixel += x_tap, tap += outputs) {
                      const auto factor = vector.load(tap);
                      MICA_UNROLL
                      for (int p = 0; p < positions; ++p) {
                        sum[p] = P::fma(reader.load(pixel + p * x_step, o, vector), factor, sum[p]);
                      }
                    }
                  }
                  MICA_UNROLL
                  for (int p = 0; p < positions; ++p) vector.store(to + p * outputs + o, sum[p]);
                });
              });
    }
  });
}

// dw[ky][kx][o] += sum over samples, rows and columns of x dy, in this order.
template <class P>
void depthwise_weight_gradient(const Window& w, int multiplier, int samples, const typename P::Value* x,
                               const typename P::Value* dy, typename P::Value* dw) {
  using T = typename P::Value;
  const int outputs = w.channels * multiplier;
  const long x_row = static_cast<long>(w.width) * w.channels;
  const long x_tap = static_cast<long>(w.dilation_width) * w.channels;
  const long x_step = static_cast<long>(w.stride_width) * w.channels;
  const Line rows = forward_rows(w), columns = forward_columns(w);
  const Interior inside = interior_of(columns);
  with_reader<P>(multiplier, [&](auto reader) {
    for (int n = 0; n < samples; ++n, x += w.height * x_row) {
      for (int i = 0; i < w.out_height; ++i, dy += static_cast<long>(w.out_width) * outputs) {
        const TapSpan down = span_at(rows, i);
        for (int u = 0; u < down.count; ++u) {
          const T* const from = x + (down.source + u * w.dilation_height) * x_row;
          T* const to = dw + static_cast<long>(down.first + u) * w.kernel_width * outputs;
          for_vectors<P>(outputs, [&](int o, const auto& vector) {
            const auto add = [&](int column, int positions) {
              const TapSpan across = span_at(columns, column);
              add_row_gradients<P>(positions, across.count, reader, vector, o,
                                   from + static_cast<long>(across.source) * w.channels, x_step, x_tap,
                                   dy + static_cast<long>(column) * outputs + o, outputs,
                                   to + static_cast<long>(across.first) * outputs + o);
            };
            for (int j = 0; j < inside.first; ++j) add(j, 1);
            if (inside.end > inside.first) add(inside.first, inside.end - inside.first);
            for (int j = inside.end; j < w.out_width; ++j) add(j, 1);
          });
        }
      }
    }
  });
}

// dx[row][column][c] for the rows and columns of one phase of the stride.
template <class P, bool one_each>
inline void add_depthwise_phase(const Window& w, const Line& rows, const Line& columns, int multiplier,
                                const typename P::Value* dy, const typename P::Value* weight, typename P::Value* dx) {
  using T = typename P::Value;
  const int outputs = w.channels * multiplier;
  const long y_row = static_cast<long>(w.out_width) * outputs;
  const long w_row = static_cast<long>(w.kernel_width) * outputs;
  const long y_tap = static_cast<long>(columns.per_tap) * outputs,
             w_tap = static_cast<long>(columns.tap_step) * outputs;
  const long x_step = static_cast<long>(columns.step) * w.channels;
  walk<4>(rows, columns, [&](auto together, int row, TapSpan down, int column, TapSpan across) {
    constexpr int positions = together();
    const T* const from = dy + down.source * y_row + static_cast<long>(across.source) * outputs;
    const T* const weights = weight + (rows.first_tap + down.first * rows.tap_step) * w_row +
                             static_cast<long>(columns.first_tap + across.first * columns.tap_step) * outputs;
    T* const to = dx + (static_cast<long>(row) * w.width + column) * w.channels;
    for_vectors<P>(w.channels, [&](int c, const auto& vector) {
      typename P::Float sum[positions];
      for (auto& s : sum) s = P::set(0);
      for (int u = 0; u < down.count; ++u) {
        const T* pixel = from + u * rows.per_tap * y_row + c * multiplier;
        const T* tap = weights + u * rows.tap_step * w_row + c * multiplier;
        for (int v = 0; v < across.count; ++v, pixel += y_tap, tap += w_tap) {
          for (int j = 0; j < multiplier; ++j) {
            const auto factor = load_strided<P, one_each>(tap + j, multiplier, vector);
            MICA_UNROLL
            for (int p = 0; p < positions; ++p) {
              const auto d = load_strided<P, one_each>(pixel + p * outputs + j, multiplier, vector);
              sum[p] = P::fma(d, factor, sum[p]);
            }
          }
        }
      }
      MICA_UNROLL
      for (int p = 0; p < positions; ++p) vector.store(to + p * x_step + c, sum[p]);
    });
  });
}

// dx[row][column][c] = sum over the kernel's rows and columns, then the channel's outputs, of dy w.
template <class P>
void depthwise_input_gradient(const Window& w, int multiplier, int samples, const typename P::Value* dy,
                              const typename P::Value* weight, typename P::Value* dx) {
  const long x_size = static_cast<long>(w.height) * w.width * w.channels;
  const long y_size = static_cast<long>(w.out_height) * w.out_width * w.channels * multiplier;
  for (int i = 0; i < w.stride_height; ++i) {
    const Line rows =
        backward_line(i, w.height, w.kernel_height, w.stride_height, w.dilation_height, w.top, w.out_height);
    for (int j = 0; j < w.stride_width; ++j) {
      const Line columns =
          backward_line(j, w.width, w.kernel_width, w.stride_width, w.dilation_width, w.left, w.out_width);
      for (int n = 0; n < samples; ++n) {
        if (P::lanes > 1 && multiplier == 1) {
          add_depthwise_phase<P, P::lanes != 1>(w, rows, columns, 1, dy + n * y_size, weight, dx + n * x_size);
        } else {
          add_depthwise_phase<P, false>(w, rows, columns, multiplier, dy + n * y_size, weight, dx + n * x_size);
        }
      }
    }
  }
}

}  // namespace on

template <class T>
void depthwise(const Window& window, int multiplier, int samples, const T* x, const T* weight, const T* bias, T* y) {
  on::depthwise<PortOf<T>>(window, multiplier, samples, x, weight, bias, y);
}
template <class T>
void depthwise_weight_gradient(const Window& window, int multiplier, int samples, const T* x, const T* dy, T* dw) {
  on::depthwise_weight_gradient<PortOf<T>>(window, multiplier, samples, x, dy, dw);
}
template <class T>
void depthwise_input_gradient(const Window& window, int multiplier, int samples, const T* dy, const T* weight, T* dx) {
  on::depthwise_input_gradient<PortOf<T>>(window, multiplier, samples, dy, weight, dx);
}

}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica

// All of them for one number type: float in src/kernels/depthwise.cpp, double in src/testing/.
#define MICA_INSTANTIATE_DEPTHWISE(T)                                                          \
  template void depthwise<T>(const Window&, int, int, const T*, const T*, const T*, T*);       \
  template void depthwise_weight_gradient<T>(const Window&, int, int, const T*, const T*, T*); \
  template void depthwise_input_gradient<T>(const Window&, int, int, const T*, const T*, T*);
