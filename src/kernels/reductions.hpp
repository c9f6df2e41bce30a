// Sums whose order is the same on every port.
#pragma once

#include <mica/kernels/reductions.hpp>

#include "map.hpp"
#include "port_of.hpp"
#include "unroll.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace kernels {

constexpr int reduction_lanes = 32;
constexpr int reduction_block = 1024;
constexpr int row_block = 64;

// Adds the virtual lanes: lane l and lane l + half, until one is left.
template <class P>
inline typename P::Value add_lanes(typename P::Float* sum) {
  constexpr int vectors = reduction_lanes / P::lanes;
  MICA_UNROLL
  for (int half = vectors / 2; half > 0; half /= 2) {
    for (int v = 0; v < half; ++v) sum[v] = P::add(sum[v], sum[v + half]);
  }
  typename P::Value lane[P::lanes];
  P::store(lane, sum[0]);
  for (int half = P::lanes / 2; half > 0; half /= 2) {
    for (int l = 0; l < half; ++l) lane[l] = lane[l] + lane[l + half];
  }
  return lane[0];
}

// One block: virtual lane l takes terms l, l + 32, l + 64, ... in this order. `add_term` puts one vector of terms onto a
// vector of sums.
template <class P, class AddTerm>
inline typename P::Value sum_block(int n, const typename P::Value* x, AddTerm add_term) {
  constexpr int vectors = reduction_lanes / P::lanes;
  typename P::Float sum[vectors];
  for (auto& s : sum) s = P::set(0);
  int i = 0;
  for (; i + reduction_lanes <= n; i += reduction_lanes) {
    MICA_UNROLL
    for (int v = 0; v < vectors; ++v) sum[v] = add_term(sum[v], P::load(x + i + v * P::lanes));
  }
  for (int v = 0; v < vectors && i < n; i += P::lanes, ++v) {
    const int left = n - i < P::lanes ? n - i : P::lanes;
    sum[v] = add_term(sum[v], P::load_first(x + i, left));
  }
  return add_lanes<P>(sum);
}

// Pairwise over the blocks, so that the error grows with their number's logarithm. A function of its own: inlined into
// itself it would fill a board's flash.
template <class P, class AddTerm>
[[gnu::noinline]] typename P::Value sum_pairwise(int n, const typename P::Value* x, AddTerm add_term) {
  if (n <= reduction_block) return sum_block<P>(n, x, add_term);
  const int blocks = (n + reduction_block - 1) / reduction_block;
  const int first = (blocks + 1) / 2 * reduction_block;
  const auto left = sum_pairwise<P>(first, x, add_term);
  return left + sum_pairwise<P>(n - first, x + first, add_term);
}

namespace on {

template <class P>
typename P::Value sum(int n, const typename P::Value* x) {
  return sum_pairwise<P>(n, x, [](auto s, auto v) { return P::add(s, v); });
}

template <class P>
typename P::Value sum_of_squares(int n, const typename P::Value* x) {
  return sum_pairwise<P>(n, x, [](auto s, auto v) { return P::fma(v, v, s); });
}

// `vectors` columns of one block of rows.
template <class P, int vectors>
inline void add_row_block(int rows, int columns, const typename P::Value* x, typename P::Value* total, int last) {
  typename P::Float sum[vectors];
  for (auto& s : sum) s = P::set(0);
  for (int row = 0; row < rows; ++row, x += columns) {
    MICA_UNROLL
    for (int v = 0; v < vectors; ++v) sum[v] = P::add(sum[v], P::load_first(x + v * P::lanes, last));
  }
  for (int v = 0; v < vectors; ++v) {
    const auto before = P::load_first(total + v * P::lanes, last);
    P::store_first(total + v * P::lanes, P::add(before, sum[v]), last);
  }
}

template <class P>
void add_rows(int rows, int columns, const typename P::Value* x, typename P::Value* total) {
  constexpr int vectors = 4;
  for (int first = 0; first < rows; first += row_block) {
    const int count = rows - first < row_block ? rows - first : row_block;
    const typename P::Value* block = x + static_cast<long>(first) * columns;
    int j = 0;
    for (; j + vectors * P::lanes <= columns; j += vectors * P::lanes) {
      add_row_block<P, vectors>(count, columns, block + j, total + j, P::lanes);
    }
    for (; j < columns; j += P::lanes) {
      const int last = columns - j < P::lanes ? columns - j : P::lanes;
      add_row_block<P, 1>(count, columns, block + j, total + j, last);
    }
  }
}

}  // namespace on

template <class T>
T sum(int n, const T* x) {
  return on::sum<PortOf<T>>(n, x);
}
template <class T>
T sum_of_squares(int n, const T* x) {
  return on::sum_of_squares<PortOf<T>>(n, x);
}
template <class T>
void add_rows(int rows, int columns, const T* x, T* total) {
  on::add_rows<PortOf<T>>(rows, columns, x, total);
}

}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica

// All of them for one number type: float in src/kernels/reductions.cpp, double in src/testing/.
#define MICA_INSTANTIATE_REDUCTIONS(T)         \
  template T sum<T>(int, const T*);            \
  template T sum_of_squares<T>(int, const T*); \
  template void add_rows<T>(int, int, const T*, T*);
