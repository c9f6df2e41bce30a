// Normalisation of columns: each channel over all rows, as in BatchNorm.
#pragma once

#include <mica/kernels/normalization.hpp>

#include "port_of.hpp"
#include "reductions.hpp"
#include "updates.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace kernels {

// total[j] = sum over rows of term(row, j), in blocks of 64 rows as in add_rows. `term` takes the row's index and a
// function that loads this vector's columns of an array.
template <class P, class Term>
inline void sum_columns(int rows, int columns, Term term, typename P::Value* total) {
  for (int j = 0; j < columns; j += P::lanes) {
    const int last = columns - j < P::lanes ? columns - j : P::lanes;
    const auto load = [j, last](const typename P::Value* p) {
      return last == P::lanes ? P::load(p + j) : P::load_first(p + j, last);
    };
    auto all = P::set(0);
    for (int first = 0; first < rows; first += row_block) {
      const int end = rows - first < row_block ? rows : first + row_block;
      auto sum = P::set(0);
      for (int row = first; row < end; ++row) sum = P::add(sum, term(row, load));
      all = P::add(all, sum);
    }
    P::store_first(total + j, all, last);
  }
}

namespace on {

// mean = pivot + offset, and the biased variance around it.
template <class P>
void column_moments(int rows, int columns, const typename P::Value* x, const typename P::Value* pivot,
                    typename P::Value* offset, typename P::Value* variance) {
  const auto share = P::set(typename P::Value(1) / static_cast<typename P::Value>(rows));
  const auto difference = [=](int row, auto load) {
    return P::sub(load(x + static_cast<long>(row) * columns), load(pivot));
  };
  sum_columns<P>(rows, columns, difference, offset);
  map<P>(
      columns, [share](auto v) { return P::mul(v, share); }, offset, offset);
  const auto squared = [=](int row, auto load) {
    const auto d = P::sub(difference(row, load), load(offset));
    return P::mul(d, d);
  };
  sum_columns<P>(rows, columns, squared, variance);
  map<P>(
      columns, [share](auto v) { return P::mul(v, share); }, variance, variance);
}

// average = (1 - weight) average + weight factor (a + b); b may be null.
template <class P>
void update_averages(int n, typename P::Value weight, typename P::Value factor, const typename P::Value* a,
                     const typename P::Value* b, typename P::Value* average) {
  const auto keep = P::set(1 - weight), share = P::set(weight * factor);
  const auto next = [=](auto old, auto value) { return keep_normal<P>(P::fma(share, value, P::mul(keep, old))); };
  if (b == nullptr) {
    map<P>(n, next, average, average, a);
  } else {
    map<P>(
        n, [=](auto old, auto v, auto w) { return next(old, P::add(v, w)); }, average, average, a, b);
  }
}

// y = 1 / sqrt(variance + epsilon)
template <class P>
void inverse_deviation(int n, const typename P::Value* variance, typename P::Value epsilon, typename P::Value* y) {
  const auto e = P::set(epsilon), one = P::set(1);
  map<P>(
      n, [=](auto v) { return P::div(one, P::sqrt(P::add(v, e))); }, y, variance);
}

// xhat of one vector: ((x - pivot) - offset) / deviation
template <class P>
inline typename P::Float normalized(typename P::Float x, typename P::Float pivot, typename P::Float offset,
                                    typename P::Float inverse) {
  return P::mul(P::sub(P::sub(x, pivot), offset), inverse);
}

// y = scale xhat + shift; offset may be null for 0.
template <class P>
void normalize_columns(int rows, int columns, const typename P::Value* x, const typename P::Value* pivot,
                       const typename P::Value* offset, const typename P::Value* inverse,
                       const typename P::Value* scale, const typename P::Value* shift, typename P::Value* y) {
  for (int row = 0; row < rows; ++row, x += columns, y += columns) {
    const auto from_mean = [](auto v, auto p, auto i, auto g, auto b) { return P::fma(P::mul(P::sub(v, p), i), g, b); };
    const auto from_both = [](auto v, auto p, auto o, auto i, auto g, auto b) {
      return P::fma(normalized<P>(v, p, o, i), g, b);
    };
    if (offset == nullptr) {
      map<P>(columns, from_mean, y, x, pivot, inverse, scale, shift);
    } else {
      map<P>(columns, from_both, y, x, pivot, offset, inverse, scale, shift);
    }
  }
}

// dshift = sum of dy, dscale = sum of dy xhat.
template <class P>
void normalized_sums(int rows, int columns, const typename P::Value* x, const typename P::Value* pivot,
                     const typename P::Value* offset, const typename P::Value* inverse, const typename P::Value* dy,
                     typename P::Value* dshift, typename P::Value* dscale) {
  sum_columns<P>(
      rows, columns, [=](int row, auto load) { return load(dy + static_cast<long>(row) * columns); }, dshift);
  const auto weighted = [=](int row, auto load) {
    const long at = static_cast<long>(row) * columns;
    return P::mul(load(dy + at), normalized<P>(load(x + at), load(pivot), load(offset), load(inverse)));
  };
  sum_columns<P>(rows, columns, weighted, dscale);
}

// dx = scale / deviation (dy - share dshift - xhat share dscale); share is 1 / rows, or 0 for frozen statistics.
template <class P>
void normalize_columns_backward(int rows, int columns, const typename P::Value* x, const typename P::Value* pivot,
                                const typename P::Value* offset, const typename P::Value* inverse,
                                const typename P::Value* scale, typename P::Value share,
                                const typename P::Value* dshift, const typename P::Value* dscale,
                                const typename P::Value* dy, typename P::Value* dx) {
  const auto s = P::set(share), minus_s = P::set(-share);
  for (int row = 0; row < rows; ++row, x += columns, dy += columns, dx += columns) {
    const auto f = [=](auto v, auto p, auto o, auto i, auto g, auto db, auto dg, auto d) {
      const auto centred = P::fma(minus_s, db, d);
      const auto residue = P::sub(centred, P::mul(normalized<P>(v, p, o, i), P::mul(s, dg)));
      return P::mul(P::mul(g, i), residue);
    };
    map<P>(columns, f, dx, x, pivot, offset, inverse, scale, dshift, dscale, dy);
  }
}

}  // namespace on

template <class T>
void column_moments(int rows, int columns, const T* x, const T* pivot, T* offset, T* variance) {
  on::column_moments<PortOf<T>>(rows, columns, x, pivot, offset, variance);
}
template <class T>
void update_averages(int n, T weight, T factor, const T* a, const T* b, T* average) {
  on::update_averages<PortOf<T>>(n, weight, factor, a, b, average);
}
template <class T>
void inverse_deviation(int n, const T* variance, T epsilon, T* y) {
  on::inverse_deviation<PortOf<T>>(n, variance, epsilon, y);
}
template <class T>
void normalize_columns(int rows, int columns, const T* x, const T* pivot, const T* offset, const T* inverse,
                       const T* scale, const T* shift, T* y) {
  on::normalize_columns<PortOf<T>>(rows, columns, x, pivot, offset, inverse, scale, shift, y);
}
template <class T>
void normalized_sums(int rows, int columns, const T* x, const T* pivot, const T* offset, const T* inverse, const T* dy,
                     T* dshift, T* dscale) {
  on::normalized_sums<PortOf<T>>(rows, columns, x, pivot, offset, inverse, dy, dshift, dscale);
}
template <class T>
void normalize_columns_backward(int rows, int columns, const T* x, const T* pivot, const T* offset, const T* inverse,
                                const T* scale, T share, const T* dshift, const T* dscale, const T* dy, T* dx) {
  on::normalize_columns_backward<PortOf<T>>(rows, columns, x, pivot, offset, inverse, scale, share, dshift, dscale, dy,
                                            dx);
}
}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica

// All of them for one number type: float in src/kernels/normalization.cpp, double in src/testing/.
#define MICA_INSTANTIATE_NORMALIZATION(T)                                                                              \
  template void column_moments<T>(int, int, const T*, const T*, T*, T*);                                               \
  template void update_averages<T>(int, T, T, const T*, const T*, T*);                                                 \
  template void inverse_deviation<T>(int, const T*, T, T*);                                                            \
  template void normalize_columns<T>(int, int, const T*, const T*, const T*, const T*, const T*, const T*, T*);        \
  template void normalized_sums<T>(int, int, const T*, const T*, const T*, const T*, const T*, T*, T*);                \
  template void normalize_columns_backward<T>(int, int, const T*, const T*, const T*, const T*, const T*, T, const T*, \
                                              const T*, const T*, T*);
