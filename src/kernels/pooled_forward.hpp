// A convolution, its ReLU and its max pool: a few rows of the convolution at a time, of which only the pool's outputs and
// one bit per number stay.
#pragma once

#include <cstring>

#include "convolution.hpp"
#include "maximum.hpp"
#include "passing.hpp"
#include "stencil.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace kernels {

// One row of windows over rows of the convolution's outputs; bits are those of the first of these rows, or null. Taps are taken row
// by row; those of a window of `size` x `size` stay in registers, where `size` is not 0.
template <class P, bool rectified, int size>
inline void pool_row(const PooledWindow& w, const typename P::Value* x, typename P::Value* y, std::uint8_t* bits) {
  using Float = typename P::Float;
  const int channels = w.outputs, windows = w.pool.out_width;
  const int height = size > 0 ? size : w.pool.kernel_height, width = size > 0 ? size : w.pool.kernel_width;
  const long x_row = static_cast<long>(w.convolution.out_width) * channels;
  const long bits_row = w.row_bytes(), pixel_bytes = w.bits() / 8;
  const long x_step = w.pool.stride_width * channels, bits_step = w.pool.stride_width * pixel_bytes;
  const auto zero = P::set(0);
  for (int j = 0; j < windows; ++j, y += channels, x += x_step, bits += bits == nullptr ? 0 : bits_step) {
    for_vectors<P>(channels, [=](int c, auto vector) {
      const auto load = [=](int u, int v) {
        const Float value = vector.load(x + u * x_row + v * channels + c);
        return rectified ? P::max(zero, value) : value;
      };
      // body(value, row, column)
      const auto for_taps = [=](auto body) {
        if constexpr (size > 0) {
          Float values[size * size];
          MICA_UNROLL
          for (int tap = 0; tap < size * size; ++tap) values[tap] = load(tap / size, tap % size);
          MICA_UNROLL
          for (int tap = 0; tap < size * size; ++tap) body(values[tap], tap / size, tap % size);
        } else {
          for (int u = 0; u < height; ++u) {
            for (int v = 0; v < width; ++v) body(load(u, v), u, v);
          }
        }
      };
      Float most = load(0, 0);
      for_taps([&](Float value, int u, int v) {
        if (u + v > 0) most = max_or_nan<P>(most, value);
      });
      vector.store(y + c, most);
      if (bits == nullptr) return;
      // The first tap that is not below the largest is taken, and lets the gradient through where it is above 0.
      unsigned left = (1u << vector.lanes()) - 1;
      for_taps([&](Float value, int u, int v) {
        const unsigned taken = left & ~P::bits(P::less(value, most));
        left ^= taken;
        const unsigned passes = rectified ? taken & P::bits(P::less(zero, value)) : taken;
        add_bits<P>(bits + u * bits_row + v * pixel_bytes, c, passes);
      });
    });
  }
}

template <class P, bool rectified>
inline void pool_row(const PooledWindow& w, const typename P::Value* x, typename P::Value* y, std::uint8_t* bits) {
  if (w.pool.kernel_height == 2 && w.pool.kernel_width == 2) {
    pool_row<P, rectified, 2>(w, x, y, bits);
  } else {
    pool_row<P, rectified, 0>(w, x, y, bits);
  }
}

namespace on {

template <class P>
void convolve_pooled(const PooledWindow& w, int samples, const typename P::Value* x, const typename P::Value* weight,
                     const typename P::Value* bias, typename P::Value* y, std::uint8_t* passing,
                     typename P::Value* scratch) {
  using T = typename P::Value;
  const Window& c = w.convolution;
  const long row_size = static_cast<long>(w.pool.out_width) * w.outputs;
  const int together = w.forward_rows();
  for (int n = 0; n < samples; ++n, x += w.input_size()) {
    std::uint8_t* const bits = passing == nullptr ? nullptr : passing + static_cast<long>(n) * w.sample_bytes();
    if (bits != nullptr) std::memset(bits, 0, static_cast<std::size_t>(w.sample_bytes()));
    for (int first = 0; first < w.pool.out_height; first += together) {
      const int rows = w.pool.out_height - first < together ? w.pool.out_height - first : together;
      const int under = w.rows_under(rows), top = first * w.pool.stride_height;
      const Strip<T> strip = make_strip<P>(c, x, top, under, scratch);
      T* const z = scratch + (c.padded() ? c.strip_size(under) : 0);
      convolve_rows<P>(c, w.outputs, under, strip, weight, bias, z);
      for (int row = 0; row < rows; ++row, y += row_size) {
        const int at = row * w.pool.stride_height;
        const T* const from = z + static_cast<long>(at) * c.out_width * w.outputs;
        std::uint8_t* const to = bits == nullptr ? nullptr : bits + static_cast<long>(top + at) * w.row_bytes();
        w.rectified ? pool_row<P, true>(w, from, y, to) : pool_row<P, false>(w, from, y, to);
      }
    }
  }
}

}  // namespace on
}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
