// Normalisation of rows: each row by its own mean and variance, as in LayerNorm.
#pragma once

#include <mica/kernels/row_normalization.hpp>

#include "port_of.hpp"
#include "reductions.hpp"
#include "updates.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace kernels {

template <class P, int kinds>
struct Sums {
  typename P::Value of[kinds];
};

// sums over i of the terms at i, each in the order of `sum`: 32 virtual lanes, blocks of 1024, pairwise over the blocks.
// terms(load, store, into) writes the next vector of each kind; load and store take the beginning of an array.
template <class P, int kinds, class Terms>
inline Sums<P, kinds> sum_terms(int first, int n, const Terms& given) {
  using Float = typename P::Float;
  if (n > reduction_block) {
    const int blocks = (n + reduction_block - 1) / reduction_block;
    const int half = (blocks + 1) / 2 * reduction_block;
    Sums<P, kinds> sums = sum_terms<P, kinds>(first, half, given);
    const Sums<P, kinds> right = sum_terms<P, kinds>(first + half, n - half, given);
    for (int kind = 0; kind < kinds; ++kind) sums.of[kind] = sums.of[kind] + right.of[kind];
    return sums;
  }
  // A copy, whose vectors stay in registers: those behind a reference could be changed by a store.
  const Terms terms = given;
  constexpr int vectors = reduction_lanes / P::lanes;
  Float sum[kinds][vectors];
  MICA_UNROLL
  for (int kind = 0; kind < kinds; ++kind) {
    MICA_UNROLL
    for (int v = 0; v < vectors; ++v) sum[kind][v] = P::set(0);
  }
  int i = 0;
  for (; i + reduction_lanes <= n; i += reduction_lanes) {
    MICA_UNROLL
    for (int v = 0; v < vectors; ++v) {
      const int at = first + i + v * P::lanes;
      Float term[kinds];
      terms([at](const auto* p) { return P::load(p + at); }, [at](auto* p, Float x) { P::store(p + at, x); }, term);
      MICA_UNROLL
      for (int kind = 0; kind < kinds; ++kind) sum[kind][v] = P::add(sum[kind][v], term[kind]);
    }
  }
  for (int v = 0; v < vectors && i < n; i += P::lanes, ++v) {
    const int at = first + i, left = n - i < P::lanes ? n - i : P::lanes;
    Float term[kinds];
    terms([=](const auto* p) { return P::load_first(p + at, left); },
          [=](auto* p, Float x) { P::store_first(p + at, x, left); }, term);
    for (int kind = 0; kind < kinds; ++kind) {
      // Lanes without a number add 0.
      typename P::Value numbers[P::lanes];
      P::store(numbers, term[kind]);
      sum[kind][v] = P::add(sum[kind][v], P::load_first(numbers, left));
    }
  }
  Sums<P, kinds> sums;
  MICA_UNROLL
  for (int kind = 0; kind < kinds; ++kind) sums.of[kind] = add_lanes<P>(sum[kind]);
  return sums;
}
// The same for one kind of terms, which stores nothing.
template <class P, class Term>
inline typename P::Value sum_term(int n, Term term) {
  return sum_terms<P, 1>(0, n, [term](auto load, auto, typename P::Float(&to)[1]) { to[0] = term(load); }).of[0];
}

namespace on {

// Rows at a time: none waits for the sum of another, and quotients and roots are taken side by side.
constexpr int rows_together = 8;

template <class P>
void normalize_rows(int rows, int columns, typename P::Value epsilon, const typename P::Value* x,
                    const typename P::Value* scale, const typename P::Value* shift, typename P::Value* y,
                    typename P::Value* offset, typename P::Value* inverse) {
  using Value = typename P::Value;
  const auto count = P::set(static_cast<Value>(columns)), e = P::set(epsilon), one = P::set(1);
  for (int first = 0; first < rows; first += rows_together) {
    const int here = rows - first < rows_together ? rows - first : rows_together;
    Value mean[rows_together], factor[rows_together];
    const auto centred = [&](int row) {
      const Value* const from = x + static_cast<long>(row) * columns;
      const auto p = P::set(from[0]), o = P::set(mean[row]);
      return [=](auto load) { return P::sub(P::sub(load(from), p), o); };
    };
    for (int row = 0; row < here; ++row) {
      const Value* const from = x + static_cast<long>(row) * columns;
      const auto p = P::set(from[0]);
      mean[row] = sum_term<P>(columns, [=](auto load) { return P::sub(load(from), p); });
    }
    map<P>(
        here, [count](auto sum) { return P::div(sum, count); }, mean, mean);
    for (int row = 0; row < here; ++row) {
      factor[row] = sum_term<P>(columns, [difference = centred(row)](auto load) {
        const auto d = difference(load);
        return P::mul(d, d);
      });
    }
    map<P>(
        here, [=](auto sum) { return P::div(one, P::sqrt(P::add(P::div(sum, count), e))); }, factor, factor);
    for (int row = 0; row < here; ++row, y += columns) {
      for_each_vector<P>(columns, [=, difference = centred(row), i = P::set(factor[row])](auto load, auto store) {
        store(y, P::fma(load(scale), P::mul(difference(load), i), load(shift)));
      });
    }
    for (int row = 0; offset != nullptr && row < here; ++row) {
      offset[first + row] = mean[row];
      inverse[first + row] = factor[row];
    }
    x += static_cast<long>(here) * columns;
  }
}

template <class P>
void normalize_rows_backward(int rows, int columns, const typename P::Value* x, const typename P::Value* offset,
                             const typename P::Value* inverse, const typename P::Value* scale,
                             const typename P::Value* dy, typename P::Value* dscale, typename P::Value* dshift,
                             typename P::Value* dx) {
  using Value = typename P::Value;
  const auto count = P::set(static_cast<Value>(columns));
  for (int first = 0; first < rows; first += rows_together) {
    const int here = rows - first < rows_together ? rows - first : rows_together;
    const auto normalized = [=](int row) {
      const Value* const from = x + static_cast<long>(row) * columns;
      const auto p = P::set(from[0]), o = P::set(offset[first + row]), i = P::set(inverse[first + row]);
      return [=](auto load) { return P::mul(P::sub(P::sub(load(from), p), o), i); };
    };
    Value mean[rows_together], slope[rows_together];
    for (int row = 0; row < here; ++row) {
      const Value* const gradient = dy + static_cast<long>(row) * columns;
      const auto terms = [=, xhat = normalized(row)](auto load, auto store, typename P::Float(&term)[2]) {
        const auto d = load(gradient), normal = xhat(load);
        store(dshift, P::add(load(dshift), d));
        store(dscale, P::fma(d, normal, load(dscale)));
        term[0] = P::mul(load(scale), d);
        term[1] = P::mul(term[0], normal);
      };
      const auto sums = sum_terms<P, 2>(0, columns, terms);
      mean[row] = sums.of[0];
      slope[row] = sums.of[1];
    }
    if (dx != nullptr) {
      // dx = inverse (g dy - mean of g dy - xhat times the mean of g dy xhat)
      const auto divide = [count](auto sum) { return P::div(sum, count); };
      map<P>(here, divide, mean, mean);
      map<P>(here, divide, slope, slope);
      for (int row = 0; row < here; ++row, dx += columns) {
        const Value* const gradient = dy + static_cast<long>(row) * columns;
        const auto i = P::set(inverse[first + row]), minus_mean = P::set(-mean[row]), minus_slope = P::set(-slope[row]);
        for_each_vector<P>(columns, [=, xhat = normalized(row)](auto load, auto store) {
          const auto centred = P::fma(load(scale), load(gradient), minus_mean);
          store(dx, P::mul(i, P::fma(minus_slope, xhat(load), centred)));
        });
      }
    }
    x += static_cast<long>(here) * columns;
    dy += static_cast<long>(here) * columns;
  }
}

}  // namespace on

template <class T>
void normalize_rows(int rows, int columns, T epsilon, const T* x, const T* scale, const T* shift, T* y, T* offset,
                    T* inverse) {
  on::normalize_rows<PortOf<T>>(rows, columns, epsilon, x, scale, shift, y, offset, inverse);
}
template <class T>
void normalize_rows_backward(int rows, int columns, const T* x, const T* offset, const T* inverse, const T* scale,
                             const T* dy, T* dscale, T* dshift, T* dx) {
  on::normalize_rows_backward<PortOf<T>>(rows, columns, x, offset, inverse, scale, dy, dscale, dshift, dx);
}

}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica

// All of them for one number type: float in src/kernels/row_normalization.cpp, double in src/testing/.
#define MICA_INSTANTIATE_ROW_NORMALIZATION(T)                                             \
  template void normalize_rows<T>(int, int, T, const T*, const T*, const T*, T*, T*, T*); \
  template void normalize_rows_backward<T>(int, int, const T*, const T*, const T*, const T*, const T*, T*, T*, T*);
