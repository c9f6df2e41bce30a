// The three matrix products of training: one blocked loop around the register tile.
//
// Each element of the result is one chain of fused multiply-adds over k, whatever the blocking: between blocks of k the
// chain rests in c, which changes no bit.
#pragma once

#include <mica/kernels.hpp>

#include "port_of.hpp"
#include "tile.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace kernels {

template <class T>
struct Product {
  int m, n, k;
  Strided<T> a;  // (row, k)
  Strided<T> b;  // (column, k)
  Start<T> start;
  T* c;
};

// Calls the tile with compile-time extents: `rows` in 1..most_rows, `columns` in 1..most_vectors * lanes.
template <class P, int most_rows, int most_vectors>
inline void any_tile(int rows, int columns, int depth, Strided<typename P::Value> a, Strided<typename P::Value> b,
                     bool b_padded, Start<typename P::Value> start, typename P::Value* c, long c_stride) {
  if constexpr (most_rows > 1) {
    if (rows < most_rows) {
      return any_tile<P, most_rows - 1, most_vectors>(rows, columns, depth, a, b, b_padded, start, c, c_stride);
    }
  }
  if constexpr (most_vectors > 1) {
    if (columns <= (most_vectors - 1) * P::lanes) {
      return any_tile<P, most_rows, most_vectors - 1>(rows, columns, depth, a, b, b_padded, start, c, c_stride);
    }
  }
  const int last = columns - (most_vectors - 1) * P::lanes;
  if (last == P::lanes) {
    tile<P, most_rows, most_vectors, false>(depth, a, b, b_padded, start, c, c_stride, last);
  } else {
    tile<P, most_rows, most_vectors, true>(depth, a, b, b_padded, start, c, c_stride, last);
  }
}

// Brings `columns` columns and `depth` values of k into the panel, [depth][width], padded with zeros.
template <class P>
inline void pack(int columns, int depth, Strided<typename P::Value> b, int width, typename P::Value* panel) {
  for (int k = 0; k < depth; ++k) {
    typename P::Value* row = panel + k * width;
    int j = 0;
    if (b.outer == 1) {
      for (; j + P::lanes <= columns; j += P::lanes) P::store(row + j, P::load(b.from(j, k).data));
    }
    for (; j < columns; ++j) row[j] = *b.from(j, k).data;
    for (; j < width; ++j) row[j] = 0;
  }
}

// All rows against one block of columns. The rows are split evenly, so that no thin block is left over.
template <class P, int most_rows, int most_vectors>
inline void row_blocks(const Product<typename P::Value>& p, int j, int columns, int k0, int depth,
                       Strided<typename P::Value> b, bool b_padded) {
  const int blocks = (p.m + most_rows - 1) / most_rows;
  int i = 0;
  for (int block = 0; block < blocks; ++block) {
    const int rows = (p.m - i + blocks - block - 1) / (blocks - block);
    typename P::Value* c = p.c + static_cast<long>(i) * p.n + j;
    Start<typename P::Value> start{c, p.n};
    if (k0 == 0) {
      start = p.start;
      if (start.values != nullptr) start.values += static_cast<long>(i) * start.stride + j;
    }
    any_tile<P, most_rows, most_vectors>(rows, columns, depth, p.a.from(i, k0), b, b_padded, start, c, p.n);
    i += rows;
  }
}

template <class P, int most_rows, int most_vectors>
inline void multiply_in_place(const Product<typename P::Value>& p) {
  constexpr int width = most_vectors * P::lanes;
  for (int j = 0; j < p.n; j += width) {
    const int columns = p.n - j < width ? p.n - j : width;
    row_blocks<P, most_rows, most_vectors>(p, j, columns, 0, p.k, p.b.from(j, 0), false);
  }
}

template <class P>
inline void multiply_packed(const Product<typename P::Value>& p, typename P::Value* panel, int panel_length) {
  constexpr int width = P::tile_vectors * P::lanes;
  const int block = panel_length / width;
  for (int k0 = 0; k0 == 0 || k0 < p.k; k0 += block) {
    const int depth = p.k - k0 < block ? p.k - k0 : block;
    for (int j = 0; j < p.n; j += width) {
      const int columns = p.n - j < width ? p.n - j : width;
      pack<P>(columns, depth, p.b.from(j, k0), width, panel);
      row_blocks<P, P::tile_rows, P::tile_vectors>(p, j, columns, k0, depth, {panel, 1, width}, true);
    }
  }
}

template <class P>
inline void multiply(const Product<typename P::Value>& p, typename P::Value* panel) {
  const bool side_by_side = p.b.outer == 1 || P::lanes == 1;
  if (side_by_side && p.m == 1) return multiply_in_place<P, 1, P::row_vectors>(p);
  if (side_by_side && (p.m < P::tile_rows || panel == nullptr)) {
    return multiply_in_place<P, P::tile_rows, P::tile_vectors>(p);
  }
  if (panel != nullptr) return multiply_packed<P>(p, panel, panel_size);
  constexpr int small_panel = 16 * P::tile_vectors * P::lanes;
  typename P::Value on_stack[small_panel];
  multiply_packed<P>(p, on_stack, small_panel);
}

template <class T>
void matmul(int m, int n, int k, const T* a, const T* b, Start<T> start, T* c, T* panel) {
  multiply<PortOf<T>>({m, n, k, {a, k, 1}, {b, 1, n}, start, c}, panel);
}
template <class T>
void matmul_transposed_a(int m, int n, int k, const T* a, const T* b, Start<T> start, T* c, T* panel) {
  multiply<PortOf<T>>({m, n, k, {a, 1, m}, {b, 1, n}, start, c}, panel);
}
template <class T>
void matmul_transposed_b(int m, int n, int k, const T* a, const T* b, Start<T> start, T* c, T* panel) {
  multiply<PortOf<T>>({m, n, k, {a, k, 1}, {b, k, 1}, start, c}, panel);
}

}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
