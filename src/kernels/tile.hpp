// The register tile: a small block of a matrix product that lives in registers while k runs.
#pragma once

#include <mica/kernels/matmul.hpp>

#include "unroll.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace kernels {

// A matrix read through strides: element (i, k) lies at data[i * outer + k * inner].
template <class T>
struct Strided {
  const T* data;
  long outer, inner;
  Strided from(long i, long k) const { return {data + i * outer + k * inner, outer, inner}; }
};

// How far k runs: `segments` times `depth` steps; a jumps by `jump` from one segment's start to the next, b goes on.
struct Depth {
  int segments;
  long jump;
  int depth;
};

// c = start + a b for `rows` rows and `vectors` vectors of columns. Every number loaded from a serves a whole row of
// accumulators, every vector loaded from b serves a whole column. b is read at (column, k); a port with more than one
// lane needs its columns side by side. If masked, the last vector has only `last` lanes.
template <class P, int rows, int vectors, bool masked>
inline void tile(Depth depth, Strided<typename P::Value> a, Strided<typename P::Value> b, bool b_padded,
                 Start<typename P::Value> start, typename P::Value* c, long c_stride, int last) {
  using T = typename P::Value;
  using Float = typename P::Float;
  const auto load = [last](const T* from, int vector) {
    return masked && vector + 1 == vectors ? P::load_first(from, last) : P::load(from);
  };
  const long b_column = P::lanes == 1 ? b.outer : 1;

  Float sum[rows][vectors];
  MICA_UNROLL
  for (int i = 0; i < rows; ++i) {
    MICA_UNROLL
    for (int v = 0; v < vectors; ++v) {
      sum[i][v] = start.values == nullptr ? P::set(0) : load(start.values + i * start.stride + v * P::lanes, v);
    }
  }
  const auto add_products = [&](auto load_right) {
    const T* right = b.data;
    for (int segment = 0; segment < depth.segments; ++segment) {
      const T* left = a.data + segment * depth.jump;
      for (int k = 0; k < depth.depth; ++k, left += a.inner, right += b.inner) {
        Float columns[vectors];
        MICA_UNROLL
        for (int v = 0; v < vectors; ++v) columns[v] = load_right(right + v * P::lanes * b_column, v);
        MICA_UNROLL
        for (int i = 0; i < rows; ++i) {
          const Float row = P::set(left[i * a.outer]);
          MICA_UNROLL
          for (int v = 0; v < vectors; ++v) sum[i][v] = P::fma(row, columns[v], sum[i][v]);
        }
      }
    }
  };
  if (masked && !b_padded) {
    add_products(load);
  } else {
    add_products([](const T* from, int) { return P::load(from); });
  }
  MICA_UNROLL
  for (int i = 0; i < rows; ++i) {
    MICA_UNROLL
    for (int v = 0; v < vectors; ++v) {
      T* to = c + i * c_stride + v * P::lanes;
      if (masked && v + 1 == vectors) {
        P::store_first(to, sum[i][v], last);
      } else {
        P::store(to, sum[i][v]);
      }
    }
  }
}

// Calls the tile with compile-time extents: `rows` in 1..most_rows, `columns` in 1..most_vectors * lanes.
template <class P, int most_rows, int most_vectors>
inline void any_tile(int rows, int columns, Depth depth, Strided<typename P::Value> a, Strided<typename P::Value> b,
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
  if constexpr (P::lanes > 1) {
    if (last < P::lanes) {
      return tile<P, most_rows, most_vectors, true>(depth, a, b, b_padded, start, c, c_stride, last);
    }
  }
  tile<P, most_rows, most_vectors, false>(depth, a, b, b_padded, start, c, c_stride, last);
}

// `rows` rows against one block of columns in tiles of at most `most_rows`, evenly split, so that no thin one is left
// over.
template <class P, int most_rows, int most_vectors>
inline void split_rows(int rows, int columns, Depth depth, Strided<typename P::Value> a, Strided<typename P::Value> b,
                       bool b_padded, Start<typename P::Value> start, typename P::Value* c, long c_stride) {
  const int tiles = (rows + most_rows - 1) / most_rows;
  int i = 0;
  for (int t = 0; t < tiles; ++t) {
    const int now = (rows - i + tiles - t - 1) / (tiles - t);
    Start<typename P::Value> from = start;
    if (from.values != nullptr) from.values += static_cast<long>(i) * start.stride;
    any_tile<P, most_rows, most_vectors>(now, columns, depth, a.from(i, 0), b, b_padded, from, c + i * c_stride,
                                         c_stride);
    i += now;
  }
}

// The same with the tile's shape chosen by the columns: few columns leave registers for more rows.
template <class P>
inline void tile_rows(int rows, int columns, Depth depth, Strided<typename P::Value> a, Strided<typename P::Value> b,
                      bool b_padded, Start<typename P::Value> start, typename P::Value* c, long c_stride) {
  if (columns <= P::lanes) {
    split_rows<P, 2 * P::tile_rows, 1>(rows, columns, depth, a, b, b_padded, start, c, c_stride);
  } else {
    split_rows<P, P::tile_rows, P::tile_vectors>(rows, columns, depth, a, b, b_padded, start, c, c_stride);
  }
}

}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
