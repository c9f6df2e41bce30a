// The three matrix products of training: one blocked loop around the register tile.
//
// Each element of the result is one chain of fused multiply-adds over k, whatever the blocking: between blocks of k the
// chain rests in c, which changes no bit.
#pragma once

#include <mica/kernels/matmul.hpp>

#include "port_of.hpp"
#include "tile.hpp"
#include "vector_products.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace kernels {

// Brings `columns` columns and `depth` values of k into the panel, [depth][width], padded with zeros.
template <class P>
inline void pack(int columns, int depth, Strided<typename P::Value> b, int width, typename P::Value* panel) {
  using T = typename P::Value;
  constexpr int lanes = P::lanes;
  constexpr int tile = P::tile_vectors;
  int k = 0;
  if (b.outer == 1) {
    const T* whole = b.data;
    for (T* to = panel; columns == tile * lanes && width == columns && k < depth; ++k, whole += b.inner, to += width) {
      MICA_UNROLL
      for (int v = 0; v < tile; ++v) P::store(to + v * lanes, P::load(whole + v * lanes));
    }
    for (; k < depth; ++k) {
      const T* const from = b.data + k * b.inner;
      T* const to = panel + k * width;
      int j = 0;
      for (; j + lanes <= columns; j += lanes) P::store(to + j, P::load(from + j));
      for (; j < width; j += lanes) P::store(to + j, P::load_first(from + j, columns > j ? columns - j : 0));
    }
    return;
  }
  // Columns that lie along memory are turned in blocks of lanes x lanes.
  for (int j = 0; j < width; j += lanes) {
    const int here = columns - j < lanes ? columns - j : lanes;
    const T* from = b.data + j * b.outer;
    T* to = panel + j;
    typename P::Float block[lanes];
    for (k = 0; here == lanes && k + lanes <= depth; k += lanes, from += lanes, to += lanes * width) {
      TransposedLoad<P>::of(from, b.outer, block);
      MICA_UNROLL
      for (int l = 0; l < lanes; ++l) P::store(to + l * width, block[l]);
    }
    for (; k < depth; k += lanes, from += lanes, to += lanes * width) {
      const int steps = depth - k < lanes ? depth - k : lanes;
      MICA_UNROLL
      for (int l = 0; l < lanes; ++l) block[l] = l < here ? P::load_first(from + l * b.outer, steps) : P::set(0);
      P::transpose(block);
      MICA_UNROLL
      for (int l = 0; l < lanes; ++l) {
        if (l < steps) P::store(to + l * width, block[l]);
      }
    }
  }
}

template <class P>
inline Start<typename P::Value> start_at(const Product<typename P::Value>& p, int j, int k0) {
  if (k0 > 0) return {p.c + j, static_cast<int>(p.c_stride)};
  return {p.start.values == nullptr ? nullptr : p.start.values + j, p.start.stride};
}

// Blocks of k as deep as the panel allows, evenly split, and one tile of columns after the other.
template <class P>
inline void multiply_packed(const Product<typename P::Value>& p, typename P::Value* panel, int panel_length) {
  using T = typename P::Value;
  constexpr int width = P::tile_vectors * P::lanes;
  const int deepest = panel_length / width, blocks = (p.k + deepest - 1) / deepest;
  const int block = blocks > 1 ? (p.k + blocks - 1) / blocks : p.k > 0 ? p.k : 1;
  for (int k0 = 0; k0 == 0 || k0 < p.k; k0 += block) {
    const int depth = p.k - k0 < block ? p.k - k0 : block;
    for (int j = 0; j < p.n; j += width) {
      const int columns = p.n - j < width ? p.n - j : width;
      const Strided<T> b = p.b.from(j, k0), packed = {panel, 1, width};
      const bool fills = P::lanes > 1 && b.outer == 1 && fills_panel_first<P>(p.m, columns);
      if (!fills) pack<P>(columns, depth, b, width, panel);
      tile_rows<P>(p.m, columns,
                   {{1, 0, depth},
                    p.a.from(0, k0),
                    fills ? b : packed,
                    true,
                    start_at<P>(p, j, k0),
                    p.c + j,
                    p.c_stride,
                    fills ? panel : nullptr});
    }
  }
}

// One row needs no panel: b is read once either way.
template <class P>
inline void multiply_row(const Product<typename P::Value>& p) {
  constexpr int width = P::row_vectors * P::lanes;
  for (int j = 0; j < p.n; j += width) {
    const int columns = p.n - j < width ? p.n - j : width;
    tile_row<P>(columns, {{1, 0, p.k}, p.a, p.b.from(j, 0), false, start_at<P>(p, j, 0), p.c + j, p.c_stride});
  }
}

template <class P>
inline void multiply_in_place(const Product<typename P::Value>& p) {
  constexpr int width = P::tile_vectors * P::lanes;
  for (int j = 0; j < p.n; j += width) {
    const int columns = p.n - j < width ? p.n - j : width;
    tile_rows<P>(p.m, columns, {{1, 0, p.k}, p.a, p.b.from(j, 0), false, start_at<P>(p, j, 0), p.c + j, p.c_stride});
  }
}

template <class P>
inline void multiply(const Product<typename P::Value>& p, typename P::Value* panel) {
  const bool side_by_side = p.b.outer == 1 || P::lanes == 1;
  if (panel_size == 0) panel = nullptr;
  if (p.k == 1 && side_by_side && p.c_stride == p.n) return multiply_outer<P>(p);
  if constexpr (P::lanes > 1) {
    if (p.m == 1 && p.a.inner == 1 && p.b.inner == 1 && p.n > 1) {
      constexpr int few = P::lanes < 16 ? 16 / P::lanes : 1, many = P::lanes < 8 ? few : 32 / P::lanes;
      return p.k >= 32 ? multiply_row_turned<P, many>(p) : multiply_row_turned<P, few>(p);
    }
    // A wide matrix beyond the nearest cache: a strip of its columns would not be read as it lies. Short vectors do not
    // outrun the next cache; there strips, whose sums stay in registers, save instructions.
    const bool large = P::lanes >= 8 && static_cast<long>(p.k) * p.n > 32768;
    if (p.m == 1 && side_by_side && large && p.n > P::row_vectors * P::lanes) return multiply_row_streaming<P>(p);
  }
  if (side_by_side && p.m == 1) return multiply_row<P>(p);
  // A tile four lines of memory wide reads b as well where it lies, while a strip of that width stays in the second
  // cache.
  const bool wide = P::tile_vectors * P::lanes >= 64 && p.a.inner == 1 && p.k <= 2048;
  if (side_by_side && (p.m < P::tile_rows || panel == nullptr || wide)) return multiply_in_place<P>(p);
  if (panel != nullptr) return multiply_packed<P>(p, panel, panel_size);
  constexpr int small_panel = 16 * P::tile_vectors * P::lanes;
  typename P::Value on_stack[small_panel];
  multiply_packed<P>(p, on_stack, small_panel);
}

template <class T>
void matmul(int m, int n, int k, const T* a, const T* b, Start<T> start, T* c, T* panel) {
  multiply<PortOf<T>>({m, n, k, {a, k, 1}, {b, 1, n}, start, c, n}, panel);
}
template <class T>
void matmul_transposed_a(int m, int n, int k, const T* a, const T* b, Start<T> start, T* c, T* panel) {
  multiply<PortOf<T>>({m, n, k, {a, 1, m}, {b, 1, n}, start, c, n}, panel);
}
template <class T>
void matmul_transposed_a(int m, int n, int k, const T* a, int stride, const T* b, Start<T> start, T* c, T* panel) {
  multiply<PortOf<T>>({m, n, k, {a, 1, stride}, {b, 1, n}, start, c, n}, panel);
}
template <class T>
void matmul_transposed_b(int m, int n, int k, const T* a, const T* b, Start<T> start, T* c, T* panel) {
  multiply<PortOf<T>>({m, n, k, {a, k, 1}, {b, k, 1}, start, c, n}, panel);
}
template <class T>
void matmul_transposed_b(int m, int n, int k, const T* a, const T* b, Start<T> start, T* c, int stride, T* panel) {
  multiply<PortOf<T>>({m, n, k, {a, k, 1}, {b, k, 1}, start, c, stride}, panel);
}

}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica

// All of them for one number type: float in src/kernels/matmul.cpp, double in src/testing/.
#define MICA_INSTANTIATE_MATMUL(T)                                                                \
  template void matmul<T>(int, int, int, const T*, const T*, Start<T>, T*, T*);                   \
  template void matmul_transposed_a<T>(int, int, int, const T*, const T*, Start<T>, T*, T*);      \
  template void matmul_transposed_a<T>(int, int, int, const T*, int, const T*, Start<T>, T*, T*); \
  template void matmul_transposed_b<T>(int, int, int, const T*, const T*, Start<T>, T*, T*);      \
  template void matmul_transposed_b<T>(int, int, int, const T*, const T*, Start<T>, T*, int, T*);
