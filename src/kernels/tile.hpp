// The register tile: a small block of a matrix product that lives in registers while k runs.
#pragma once

#include <mica/kernels/matmul.hpp>

#include "factors.hpp"
#include "number_tile.hpp"
#include "strided.hpp"
#include "unroll.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace kernels {

// c = start + a b for `rows` rows and `vectors` vectors of columns. Every number loaded from a serves a whole row of
// accumulators, every vector loaded from b serves a whole column. b is read at (column, k), its columns side by side. If
// they are not whole, the last vector has `last` columns that the others have not: of several vectors it begins further
// to the front and takes some columns once more, which costs less than a partial one.
template <class P, int rows, int vectors, bool whole>
inline void tile(Depth depth, Strided<typename P::Value> a, Strided<typename P::Value> b, bool b_padded,
                 Start<typename P::Value> start, typename P::Value* c, long c_stride, int last) {
  using T = typename P::Value;
  using Float = typename P::Float;
  constexpr bool partial = !whole && vectors == 1;
  const long back = whole || partial ? 0 : P::lanes - last;
  const auto at = [=](int vector) { return vector * P::lanes - (vector + 1 == vectors ? back : 0); };
  const auto load = [last](const T* from) { return partial ? P::load_first(from, last) : P::load(from); };

  Float sum[rows][vectors];
  MICA_UNROLL
  for (int i = 0; i < rows; ++i) {
    MICA_UNROLL
    for (int v = 0; v < vectors; ++v) {
      sum[i][v] = start.values == nullptr ? P::set(0) : load(start.values + i * start.stride + at(v));
    }
  }
  const auto add_products = [&](auto load_right) {
    const T* right = b.data;
    for (int segment = 0; segment < depth.segments; ++segment) {
      const T* left = a.data + segment * depth.jump;
      int k = depth.depth;
      if constexpr (multiplies_by_lane<P>) add_by_lanes<P>(sum, k, left, a, right, b.inner, at, load_right);
      for (; k > 0; --k, left += a.inner, right += b.inner) {
        Float columns[vectors];
        MICA_UNROLL
        for (int v = 0; v < vectors; ++v) columns[v] = load_right(right + at(v));
        MICA_UNROLL
        for (int i = 0; i < rows; ++i) {
          const auto row = factor<P>(left[i * a.outer]);
          MICA_UNROLL
          for (int v = 0; v < vectors; ++v) sum[i][v] = P::fma(row, columns[v], sum[i][v]);
        }
      }
    }
  };
  if (partial && !b_padded) {
    add_products(load);
  } else {
    add_products([](const T* from) { return P::load(from); });
  }
  // The last vector first: what then lies in memory was stored as whoever goes over it in whole vectors will load it.
  MICA_UNROLL
  for (int i = 0; i < rows; ++i) {
    MICA_UNROLL
    for (int v = vectors - 1; v >= 0; --v) {
      T* to = c + i * c_stride + at(v);
      if (partial) {
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
  if constexpr (P::lanes == 1) {
    number_tiles<P>(rows, columns, {depth, a, b, start, c, c_stride});
  } else {
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
    if (last < P::lanes) {
      tile<P, most_rows, most_vectors, false>(depth, a, b, b_padded, start, c, c_stride, last);
    } else {
      tile<P, most_rows, most_vectors, true>(depth, a, b, b_padded, start, c, c_stride, last);
    }
  }
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
  if constexpr (P::lanes == 1) {
    number_tiles<P>(rows, columns, {depth, a, b, start, c, c_stride});
  } else if (columns <= P::lanes) {
    // Factors that come in whole vectors take registers as well.
    constexpr int most = multiplies_by_lane<P> ? P::tile_rows : 2 * P::tile_rows;
    split_rows<P, most, 1>(rows, columns, depth, a, b, b_padded, start, c, c_stride);
  } else {
    split_rows<P, P::tile_rows, P::tile_vectors>(rows, columns, depth, a, b, b_padded, start, c, c_stride);
  }
}

}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
