// Matrix products between operands that lie within larger arrays, and transposed copies to multiply by many times.
#pragma once

#include <mica/kernels/transposed.hpp>

#include "matmul.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace kernels {

// The second operand of a product, read at (column, k): side by side in memory unless the port has only one lane.
template <class T>
struct Right {
  Strided<T> values;
  bool padded;  // whole vectors may be read behind the last column
};

// A matrix [k][column] whose rows lie `stride` apart.
template <class T>
constexpr Right<T> by_rows(const T* values, long stride) {
  return {{values, 1, stride}, false};
}

// A matrix [column][k] whose rows lie `stride` apart: copied into memory of transposed_size(columns, depth) numbers.
template <class P>
inline Right<typename P::Value> by_columns(int columns, int depth, const typename P::Value* values, long stride,
                                           typename P::Value* memory) {
  if constexpr (P::lanes == 1) {
    return {{values, stride, 1}, false};
  } else {
    const int width = (columns + P::lanes - 1) / P::lanes * P::lanes;
    pack<P>(columns, depth, {values, stride, 1}, width, memory);
    return {{memory, 1, width}, true};
  }
}

// c[m][n] = start + a b, each element one chain over k; c has its own stride. Without a panel.
template <class P>
inline void multiply_within(int m, int n, Depth depth, Strided<typename P::Value> a, Right<typename P::Value> b,
                            Start<typename P::Value> start, typename P::Value* c, long c_stride) {
  const int width = (m == 1 ? P::row_vectors : P::tile_vectors) * P::lanes;
  for (int j = 0; j < n; j += width) {
    const int columns = n - j < width ? n - j : width;
    const Start<typename P::Value> from = {start.values == nullptr ? nullptr : start.values + j, start.stride};
    const TileProduct<typename P::Value> p{depth, a, b.values.from(j, 0), b.padded, from, c + j, c_stride};
    if (m == 1) {
      tile_row<P>(columns, p);
    } else {
      tile_rows<P>(m, columns, p);
    }
  }
}

}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
