// The register tile: a small block of a matrix product that lives in registers while k runs.
#pragma once

#include <mica/kernels.hpp>

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

// c = start + a b for `rows` rows and `vectors` vectors of columns. Every number loaded from a serves a whole row of
// accumulators, every vector loaded from b serves a whole column. b is read at (column, k); a port with more than one
// lane needs its columns side by side. If masked, the last vector has only `last` lanes.
template <class P, int rows, int vectors, bool masked>
inline void tile(int depth, Strided<typename P::Value> a, Strided<typename P::Value> b, bool b_padded,
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
    const T* left = a.data;
    const T* right = b.data;
    for (int k = 0; k < depth; ++k, left += a.inner, right += b.inner) {
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

}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
