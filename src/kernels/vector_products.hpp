// The products of a batch of one. No number of the matrix is used twice, so there is nothing to pack: what counts is to
// read it once, in the order in which it lies.
#pragma once

#include <type_traits>

#include "factors.hpp"
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
  long c_stride;
};

// Calls body(at, load, store) for all vectors of n numbers; load and store take care of the last, partial one.
template <class P, class Body>
inline void for_row(int n, Body body) {
  using T = typename P::Value;
  int j = 0;
  for (; j + P::lanes <= n; j += P::lanes) {
    body(
        j, [](const T* p) { return P::load(p); }, [](T* p, typename P::Float v) { P::store(p, v); });
  }
  const int last = n - j;
  if (last > 0) {
    body(
        j, [last](const T* p) { return P::load_first(p, last); },
        [last](T* p, typename P::Float v) { P::store_first(p, v, last); });
  }
}

// Adds the products of `count` rows of b, from row k0 on, to c[n], which continues from `start`.
template <class P, int count>
inline void add_rows_of_b(const Product<typename P::Value>& p, int k0, const typename P::Value* start) {
  using T = typename P::Value;
  decltype(factor<P>(0)) factors[count];
  MICA_UNROLL
  for (int k = 0; k < count; ++k) factors[k] = factor<P>(p.a.data[(k0 + k) * p.a.inner]);
  const T* const b = p.b.data + k0 * p.b.inner;
  const long stride = p.b.inner;
  T* const c = p.c;
  for_row<P>(p.n, [=](int j, auto load, auto store) {
    auto sum = start == nullptr ? P::set(0) : load(start + j);
    MICA_UNROLL
    for (int k = 0; k < count; ++k) sum = P::fma(factors[k], load(b + k * stride + j), sum);
    store(c + j, sum);
  });
}

// One row of a: four rows of b at a time, from their starts to their ends, while c waits in the nearest cache.
template <class P>
inline void multiply_row_streaming(const Product<typename P::Value>& p) {
  constexpr int together = 4;
  const typename P::Value* start = p.start.values;
  int k = 0;
  for (; k + together <= p.k; k += together, start = p.c) add_rows_of_b<P, together>(p, k, start);
  for (; k < p.k; ++k, start = p.c) add_rows_of_b<P, 1>(p, k, start);
}

// Adds what is left from k0 on of up to `lanes` columns that lie along memory, turned in registers.
template <class P>
inline typename P::Float add_turned_rest(typename P::Float sum, const Product<typename P::Value>& p, int j, int columns,
                                         int k0) {
  constexpr int lanes = P::lanes;
  for (int k = k0; k < p.k; k += lanes) {
    const int steps = p.k - k < lanes ? p.k - k : lanes;
    const auto* const from = p.b.data + j * p.b.outer + k;
    typename P::Float block[lanes];
    MICA_UNROLL
    for (int l = 0; l < lanes; ++l) block[l] = l < columns ? P::load_first(from + l * p.b.outer, steps) : P::set(0);
    P::transpose(block);
    MICA_UNROLL
    for (int l = 0; l < lanes; ++l) {
      if (l < steps) sum = P::fma(P::set(p.a.data[k + l]), block[l], sum);
    }
  }
  return sum;
}

// One row of a, along memory, times columns of b that lie along it as well: blocks of lanes x lanes are turned in
// registers. Several groups of chains run side by side, because each waits for itself.
template <class P, int groups>
inline void multiply_row_turned(const Product<typename P::Value>& p) {
  using T = typename P::Value;
  constexpr int lanes = P::lanes;
  for (int j0 = 0; j0 < p.n; j0 += groups * lanes) {
    const int left = p.n - j0;
    const auto in_use = [left](int group) {
      const int columns = left - group * lanes;
      return columns < 0 ? 0 : columns < lanes ? columns : lanes;
    };
    typename P::Float sum[groups];
    MICA_UNROLL
    for (int g = 0; g < groups; ++g) {
      sum[g] = p.start.values == nullptr ? P::set(0) : P::load_first(p.start.values + j0 + g * lanes, in_use(g));
    }
    int k = 0;
    for (; left >= groups * lanes && k + lanes <= p.k; k += lanes) {
      MICA_UNROLL
      for (int g = 0; g < groups; ++g) {
        const T* const from = p.b.data + (j0 + g * lanes) * p.b.outer + k;
        typename P::Float block[lanes];
        TransposedLoad<P>::of(from, p.b.outer, block);
        if constexpr (multiplies_by_lane<P>) {
          const auto factors = P::load(p.a.data + k);
          for_constants<lanes>([&](auto lane) {
            constexpr int l = decltype(lane)::value;
            sum[g] = P::template fma_lane<l>(factors, block[l], sum[g]);
          });
        } else {
          MICA_UNROLL
          for (int l = 0; l < lanes; ++l) sum[g] = P::fma(P::set(p.a.data[k + l]), block[l], sum[g]);
        }
      }
    }
    if (k < p.k) {
      MICA_UNROLL
      for (int g = 0; g < groups; ++g) {
        if (in_use(g) > 0) sum[g] = add_turned_rest<P>(sum[g], p, j0 + g * lanes, in_use(g), k);
      }
    }
    MICA_UNROLL
    for (int g = 0; g < groups; ++g) P::store_first(p.c + j0 + g * lanes, sum[g], in_use(g));
  }
}

// `count` rows of c, from row i0 on, each a multiple of the only row of b.
template <class P, int count>
inline void write_multiples(const Product<typename P::Value>& p, int i0) {
  using T = typename P::Value;
  decltype(factor<P>(0)) factors[count];
  MICA_UNROLL
  for (int i = 0; i < count; ++i) factors[i] = factor<P>(p.a.data[(i0 + i) * p.a.outer]);
  const T* const b = p.b.data;
  const long n = p.n, stride = p.start.stride;
  T* const c = p.c + i0 * n;
  const auto write = [=](auto start_at) {
    for_row<P>(p.n, [=](int j, auto load, auto store) {
      const auto row = load(b + j);
      // All loads before all stores, so that no load can wait for a partial store that overlaps it.
      typename P::Float values[count];
      MICA_UNROLL
      for (int i = 0; i < count; ++i) values[i] = P::fma(factors[i], row, start_at(load, i, j));
      MICA_UNROLL
      for (int i = 0; i < count; ++i) store(c + i * n + j, values[i]);
    });
  };
  if (p.start.values == nullptr) {
    write([](auto, int, int) { return P::set(0); });
  } else {
    const T* const start = p.start.values + i0 * stride;
    write([=](auto load, int i, int j) { return load(start + i * stride + j); });
  }
}

// A single step of k: c is read and written once, and one row of b serves several rows of c.
template <class P>
inline void multiply_outer(const Product<typename P::Value>& p) {
  constexpr int together = P::tile_rows >= 6 ? 8 : 4;
  int i = 0;
  for (; i + together <= p.m; i += together) write_multiples<P, together>(p, i);
  for (; i < p.m; ++i) write_multiples<P, 1>(p, i);
}

}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
