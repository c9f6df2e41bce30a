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

// A block of columns: c = start + a b, with b read at (column, k), its columns side by side.
template <class T>
struct TileProduct {
  Depth depth;
  Strided<T> a, b;
  bool b_padded;  // whole vectors may be read behind b's last column
  Start<T> start;
  T* c;
  long c_stride;
  T* panel = nullptr;  // if not null, the first tile writes b here, and the others read it there

  // What is left when these rows are done, by tiles that fill the panel in `width` columns.
  TileProduct below(int rows, int width) const {
    const Strided<T> rest = panel == nullptr ? b : Strided<T>{panel, 1, width};
    const T* const values = start.values == nullptr ? nullptr : start.values + static_cast<long>(rows) * start.stride;
    return {depth, a.from(rows, 0), rest, b_padded, {values, start.stride}, c + rows * c_stride, c_stride, nullptr};
  }
};

// The columns of a tile's last vector that no other vector has: all, some, or at most as many as half a vector has.
enum class LastVector { whole, partial, half };

// The tile that b is brought into a panel by, which costs nothing beside its arithmetic.
template <class P, int rows, int vectors, LastVector ends>
constexpr bool fills_panel() {
  return rows == P::tile_rows && vectors == P::tile_vectors && ends == LastVector::whole;
}

// `tiles` times `rows` rows, and `vectors` vectors of columns. Every number loaded from a serves a whole row of
// accumulators, every vector loaded from b serves a whole column. If the columns are not whole vectors, the last vector
// has `last` columns that the others have not: of several vectors it begins further to the front and takes some columns
// once more, which costs less than a partial one. A half vector does the same where it has room for them.
template <class P, int rows, int vectors, LastVector ends>
inline void tile(int tiles, const TileProduct<typename P::Value>& p, int last) {
  using T = typename P::Value;
  using Float = typename P::Float;
  using Half = typename HalfOf<P>::Type;
  constexpr bool whole = ends == LastVector::whole, with_half = ends == LastVector::half;
  constexpr bool partial = !whole && vectors == 1;
  constexpr int full = with_half ? vectors - 1 : vectors, half_rows = with_half ? rows : 0;
  const long back = whole || partial ? 0 : (with_half ? Half::lanes : P::lanes) - last;
  const auto at = [=](int vector) { return vector * P::lanes - (vector + 1 == vectors ? back : 0); };
  const auto load = [last](const T* from) { return partial ? P::load_first(from, last) : P::load(from); };

  Strided<T> a = p.a, b = p.b;
  const T* start = p.start.values;
  const long start_stride = p.start.stride, c_stride = p.c_stride;
  T *c = p.c, *panel = p.panel;
  const Depth depth = p.depth;
  // A single row is always one tile.
  for (int left_over = rows > 1 ? tiles : 1; left_over > 0; --left_over) {
    Float sum[rows][full];
    typename Half::Float half_sum[half_rows > 1 ? half_rows : 1];  // no array has length 0
    MICA_UNROLL
    for (int i = 0; i < rows; ++i) {
      MICA_UNROLL
      for (int v = 0; v < full; ++v) {
        sum[i][v] = start == nullptr ? P::set(0) : load(start + i * start_stride + at(v));
      }
      if constexpr (with_half) {
        half_sum[i] = start == nullptr ? Half::set(0) : Half::load(start + i * start_stride + at(full));
      }
    }
    const auto add_products = [&](auto load_right) {
      const T* right = b.data;
      for (int segment = 0; segment < depth.segments; ++segment) {
        const T* left = a.data + segment * depth.jump;
        int k = depth.depth;
        if constexpr (multiplies_by_lane<P>) add_by_lanes<P>(sum, k, left, a, right, b.inner, at, load_right);
        for (; k > 0; --k, left += a.inner, right += b.inner) {
          Float columns[full];
          MICA_UNROLL
          for (int v = 0; v < full; ++v) columns[v] = load_right(right + at(v));
          typename Half::Float half_columns{};
          if constexpr (with_half) half_columns = Half::load(right + at(full));
          MICA_UNROLL
          for (int i = 0; i < rows; ++i) {
            const auto row = factor<P>(left[i * a.outer]);
            MICA_UNROLL
            for (int v = 0; v < full; ++v) sum[i][v] = P::fma(row, columns[v], sum[i][v]);
            if constexpr (with_half) half_sum[i] = Half::fma(Half::of(row), half_columns, half_sum[i]);
          }
        }
      }
    };
    if (partial && !p.b_padded) {
      add_products(load);
    } else if (fills_panel<P, rows, vectors, ends>() && panel != nullptr) {
      T* to = panel;
      add_products([&to](const T* from) {
        const Float column = P::load(from);
        P::store(to, column);
        to += P::lanes;
        return column;
      });
      b = {panel, 1, vectors * P::lanes};
      panel = nullptr;
    } else {
      add_products([](const T* from) { return P::load(from); });
    }
    // The last vector first: what then lies in memory was stored as whoever goes over it in whole vectors will load it.
    MICA_UNROLL
    for (int i = 0; i < rows; ++i) {
      if constexpr (with_half) Half::store(c + i * c_stride + at(full), half_sum[i]);
      MICA_UNROLL
      for (int v = full - 1; v >= 0; --v) {
        T* to = c + i * c_stride + at(v);
        if (partial) {
          P::store_first(to, sum[i][v], last);
        } else {
          P::store(to, sum[i][v]);
        }
      }
    }
    a.data += rows * a.outer;
    if (start != nullptr) start += rows * start_stride;
    c += rows * c_stride;
  }
}

// Calls the tile with compile-time extents: `rows` in 1..most_rows, `columns` in 1..most_vectors * lanes.
template <class P, int most_rows, int most_vectors>
inline void any_tile(int tiles, int rows, int columns, const TileProduct<typename P::Value>& p) {
  if constexpr (most_rows > 1) {
    if (rows < most_rows) return any_tile<P, most_rows - 1, most_vectors>(tiles, rows, columns, p);
  }
  if constexpr (most_vectors > 1) {
    if (columns <= (most_vectors - 1) * P::lanes) {
      return any_tile<P, most_rows, most_vectors - 1>(tiles, rows, columns, p);
    }
  }
  const int last = columns - (most_vectors - 1) * P::lanes;
  if (last == P::lanes) return tile<P, most_rows, most_vectors, LastVector::whole>(tiles, p, last);
  if constexpr (HalfOf<P>::exists && most_vectors > 1) {
    if (last <= HalfOf<P>::Type::lanes) return tile<P, most_rows, most_vectors, LastVector::half>(tiles, p, last);
  }
  tile<P, most_rows, most_vectors, LastVector::partial>(tiles, p, last);
}

// `rows` rows in tiles of at most `most_rows`, evenly split, so that no thin one is left over.
template <class P, int most_rows, int most_vectors>
inline void split_rows(int rows, int columns, const TileProduct<typename P::Value>& p) {
  if (rows <= 0) return;
  const int tiles = (rows + most_rows - 1) / most_rows;
  const int low = tiles == 1 ? rows : rows / tiles, higher = rows - tiles * low;
  if (higher == 0) return any_tile<P, most_rows, most_vectors>(tiles, low, columns, p);
  any_tile<P, most_rows, most_vectors>(higher, low + 1, columns, p);
  any_tile<P, most_rows, most_vectors>(tiles - higher, low, columns,
                                       p.below(higher * (low + 1), most_vectors * P::lanes));
}

// Whether the first of these tiles fills a panel.
template <class P>
inline bool fills_panel_first(int rows, int columns) {
  const int tiles = (rows + P::tile_rows - 1) / P::tile_rows;
  return rows > tiles * (P::tile_rows - 1) && columns == P::tile_vectors * P::lanes;
}

// Any number of rows, with the tile's shape chosen by the columns: few columns leave registers for more rows.
template <class P>
inline void tile_rows(int rows, int columns, const TileProduct<typename P::Value>& p) {
  if constexpr (P::lanes == 1) {
    number_tiles<P>(rows, columns, {p.depth, p.a, p.b, p.start, p.c, p.c_stride});
  } else if (columns <= P::lanes) {
    // Factors that come in whole vectors take registers as well.
    constexpr int most = multiplies_by_lane<P> ? P::tile_rows : 2 * P::tile_rows;
    split_rows<P, most, 1>(rows, columns, p);
  } else {
    split_rows<P, P::tile_rows, P::tile_vectors>(rows, columns, p);
  }
}

// One row, `columns` in 1..row_vectors * lanes.
template <class P>
inline void tile_row(int columns, const TileProduct<typename P::Value>& p) {
  if constexpr (P::lanes == 1) {
    number_tiles<P>(1, columns, {p.depth, p.a, p.b, p.start, p.c, p.c_stride});
  } else {
    any_tile<P, 1, P::row_vectors>(1, 1, columns, p);
  }
}

}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
