// Normalisation of rows: each row by its own mean and variance, as in LayerNorm.
#pragma once

#include <mica/kernels/row_normalization.hpp>

#include "port_of.hpp"
#include "reductions.hpp"
#include "updates.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace kernels {

// sum over i of term(i), in the order of `sum`: 32 virtual lanes, blocks of 1024, pairwise over the blocks. `term`
// takes a function that loads the next numbers of an array.
template <class P, class Term>
inline typename P::Value sum_terms(int first, int n, Term term) {
  if (n > reduction_block) {
    const int blocks = (n + reduction_block - 1) / reduction_block;
    const int half = (blocks + 1) / 2 * reduction_block;
    const auto left = sum_terms<P>(first, half, term);
    return left + sum_terms<P>(first + half, n - half, term);
  }
  constexpr int vectors = reduction_lanes / P::lanes;
  typename P::Float sum[vectors];
  for (auto& s : sum) s = P::set(0);
  int i = 0;
  for (; i + reduction_lanes <= n; i += reduction_lanes) {
    MICA_UNROLL
    for (int v = 0; v < vectors; ++v) {
      const int at = first + i + v * P::lanes;
      sum[v] = P::add(sum[v], term([at](const auto* p) { return P::load(p + at); }));
    }
  }
  for (int v = 0; v < vectors && i < n; i += P::lanes, ++v) {
    const int at = first + i, left = n - i < P::lanes ? n - i : P::lanes;
    // Lanes without a number add 0.
    typename P::Value terms[P::lanes];
    P::store(terms, term([=](const auto* p) { return P::load_first(p + at, left); }));
    sum[v] = P::add(sum[v], P::load_first(terms, left));
  }
  return add_lanes<P>(sum);
}

namespace on {

// A few rows at a time: no row waits for the sum of another, and quotients and roots are taken side by side.
template <class P>
void normalize_rows(int rows, int columns, typename P::Value epsilon, const typename P::Value* x,
                    const typename P::Value* scale, const typename P::Value* shift, typename P::Value* y,
                    typename P::Value* offset, typename P::Value* inverse) {
  using Value = typename P::Value;
  constexpr int together = 8;
  const auto count = P::set(static_cast<Value>(columns)), e = P::set(epsilon), one = P::set(1);
  for (int first = 0; first < rows; first += together) {
    const int here = rows - first < together ? rows - first : together;
    Value mean[together], factor[together];
    const auto centred = [&](int row) {
      const Value* const from = x + static_cast<long>(row) * columns;
      const auto p = P::set(from[0]), o = P::set(mean[row]);
      return [=](auto load) { return P::sub(P::sub(load(from), p), o); };
    };
    for (int row = 0; row < here; ++row) {
      const Value* const from = x + static_cast<long>(row) * columns;
      const auto p = P::set(from[0]);
      mean[row] = sum_terms<P>(0, columns, [=](auto load) { return P::sub(load(from), p); });
    }
    map<P>(
        here, [count](auto sum) { return P::div(sum, count); }, mean, mean);
    for (int row = 0; row < here; ++row) {
      factor[row] = sum_terms<P>(0, columns, [difference = centred(row)](auto load) {
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
  const Value count = static_cast<Value>(columns);
  for (int row = 0; row < rows; ++row, x += columns, dy += columns) {
    const auto p = P::set(x[0]), o = P::set(offset[row]), i = P::set(inverse[row]);
    const auto normalized = [=](auto load) { return P::mul(P::sub(P::sub(load(x), p), o), i); };
    for_each_vector<P>(columns, [=](auto load, auto store) {
      store(dshift, P::add(load(dshift), load(dy)));
      store(dscale, P::fma(load(dy), normalized(load), load(dscale)));
    });
    if (dx == nullptr) continue;
    // dx = inverse (g dy - mean of g dy - xhat times the mean of g dy xhat)
    const auto weighted = [=](auto load) { return P::mul(load(scale), load(dy)); };
    const Value mean = sum_terms<P>(0, columns, weighted) / count;
    const auto along = [=](auto load) { return P::mul(weighted(load), normalized(load)); };
    const Value slope = sum_terms<P>(0, columns, along) / count;
    const auto minus_mean = P::set(-mean), minus_slope = P::set(-slope);
    Value* const to = dx + static_cast<long>(row) * columns;
    for_each_vector<P>(columns, [=](auto load, auto store) {
      const auto centred = P::fma(load(scale), load(dy), minus_mean);
      store(to, P::mul(i, P::fma(minus_slope, normalized(load), centred)));
    });
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
