// Normalisation of columns: each channel over all rows, as in BatchNorm, or groups of channels, as in GroupNorm.
#pragma once

#include <mica/kernels/normalization.hpp>

#include "columns.hpp"
#include "map.hpp"
#include "port_of.hpp"
#include "updates.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace kernels {
namespace on {

// Every column of a group gets the group's sum.
template <class P>
inline void share_in_groups(int columns, int groups, typename P::Value* values) {
  if (groups == columns) return;
  const int size = columns / groups;
  for (int first = 0; first < columns; first += size) {
    const typename P::Value total = sum<P>(size, values + first);
    for (int c = first; c < first + size; ++c) values[c] = total;
  }
}

template <class P>
void column_moments(int rows, int columns, int groups, const typename P::Value* x, const typename P::Value* pivot,
                    typename P::Value* offset, typename P::Value* variance) {
  const int size = columns / groups;
  const auto count = P::set(static_cast<typename P::Value>(rows) * static_cast<typename P::Value>(size));
  const auto divide = [count](auto v) { return P::div(v, count); };
  // The mean of the differences from the pivot.
  for_strips<P, 4>(columns, [=](auto strip) {
    typename P::Float p[strip.vectors];
    for (int v = 0; v < strip.vectors; ++v) p[v] = strip.load(pivot, v);
    const auto difference = [&](typename P::Float* sum, long at, int v) {
      sum[0] = P::add(sum[0], P::sub(strip.load(x + at, v), p[v]));
    };
    sum_strip<P, 1>(rows, columns, strip, difference, {offset});
  });
  share_in_groups<P>(columns, groups, offset);
  map<P>(columns, divide, offset, offset);
  // The variance around that mean.
  for_strips<P, 4>(columns, [=](auto strip) {
    typename P::Float p[strip.vectors], o[strip.vectors];
    for (int v = 0; v < strip.vectors; ++v) {
      p[v] = strip.load(pivot, v);
      o[v] = strip.load(offset, v);
    }
    const auto square = [&](typename P::Float* sum, long at, int v) {
      const auto d = P::sub(P::sub(strip.load(x + at, v), p[v]), o[v]);
      sum[0] = P::fma(d, d, sum[0]);
    };
    sum_strip<P, 1>(rows, columns, strip, square, {variance});
  });
  share_in_groups<P>(columns, groups, variance);
  map<P>(columns, divide, variance, variance);
}

template <class P>
void inverse_deviation(int n, const typename P::Value* variance, typename P::Value epsilon, typename P::Value* y) {
  const auto e = P::set(epsilon), one = P::set(1);
  map<P>(
      n, [=](auto v) { return P::div(one, P::sqrt(P::add(v, e))); }, y, variance);
}

template <class P>
void normalize_columns(int rows, int columns, const typename P::Value* x, const typename P::Value* pivot,
                       const typename P::Value* offset, const typename P::Value* factor, const typename P::Value* shift,
                       typename P::Value* y) {
  for_patches<P, 2>(rows, columns, [=](int first, int here, auto strip) {
    typename P::Float p[strip.vectors], o[strip.vectors], f[strip.vectors], b[strip.vectors];
    for (int v = 0; v < strip.vectors; ++v) {
      p[v] = strip.load(pivot, v);
      o[v] = strip.load(offset, v);
      f[v] = strip.load(factor, v);
      b[v] = strip.load(shift, v);
    }
    const long end = static_cast<long>(first + here) * columns;
    for (long at = static_cast<long>(first) * columns; at < end; at += columns) {
      MICA_UNROLL
      for (int v = 0; v < strip.vectors; ++v) {
        const auto centred = P::sub(P::sub(strip.load(x + at, v), p[v]), o[v]);
        strip.store(y + at, v, P::fma(centred, f[v], b[v]));
      }
    }
  });
}

template <class P>
void scale_columns(int rows, int columns, const typename P::Value* factor, const typename P::Value* x,
                   typename P::Value* y) {
  for_patches<P, 4>(rows, columns, [=](int first, int here, auto strip) {
    typename P::Float f[strip.vectors];
    for (int v = 0; v < strip.vectors; ++v) f[v] = strip.load(factor, v);
    const long end = static_cast<long>(first + here) * columns;
    for (long at = static_cast<long>(first) * columns; at < end; at += columns) {
      MICA_UNROLL
      for (int v = 0; v < strip.vectors; ++v) strip.store(y + at, v, P::mul(strip.load(x + at, v), f[v]));
    }
  });
}

template <class P>
void normalized_sums(int rows, int columns, const typename P::Value* x, const typename P::Value* pivot,
                     const typename P::Value* offset, const typename P::Value* inverse, const typename P::Value* dy,
                     typename P::Value* dshift, typename P::Value* dscale) {
  for_strips<P, 2>(columns, [=](auto strip) {
    typename P::Float p[strip.vectors], o[strip.vectors];
    for (int v = 0; v < strip.vectors; ++v) {
      p[v] = strip.load(pivot, v);
      o[v] = strip.load(offset, v);
    }
    const auto terms = [&](typename P::Float* sum, long at, int v) {
      const auto d = strip.load(dy + at, v);
      const auto centred = P::sub(P::sub(strip.load(x + at, v), p[v]), o[v]);
      sum[0] = P::add(sum[0], d);
      sum[1] = P::fma(d, centred, sum[1]);
    };
    sum_strip<P, 2>(rows, columns, strip, terms, {dshift, dscale});
  });
  // xhat is the centred value times the inverse deviation, which all rows share.
  map<P>(
      columns, [](auto s, auto i) { return P::mul(s, i); }, dscale, dscale, inverse);
}

template <class P>
void sum_groups(int columns, int groups, const typename P::Value* scale, typename P::Value* values) {
  map<P>(
      columns, [](auto g, auto v) { return P::mul(g, v); }, values, scale, values);
  share_in_groups<P>(columns, groups, values);
}

template <class P>
void normalize_columns_backward(int rows, int columns, const typename P::Value* x, const typename P::Value* pivot,
                                const typename P::Value* offset, const typename P::Value* inverse,
                                const typename P::Value* scale, typename P::Value share,
                                const typename P::Value* sum_dy, const typename P::Value* sum_dy_xhat,
                                const typename P::Value* dy, typename P::Value* dx) {
  const auto minus_share = P::set(-share);
  for_patches<P, 2>(rows, columns, [=](int first, int here, auto strip) {
    // dx = factor dy + constant + slope (x - mean)
    typename P::Float p[strip.vectors], o[strip.vectors], factor[strip.vectors], constant[strip.vectors],
        slope[strip.vectors];
    for (int v = 0; v < strip.vectors; ++v) {
      const auto i = strip.load(inverse, v);
      p[v] = strip.load(pivot, v);
      o[v] = strip.load(offset, v);
      factor[v] = P::mul(strip.load(scale, v), i);
      constant[v] = P::mul(i, P::mul(minus_share, strip.load(sum_dy, v)));
      slope[v] = P::mul(P::mul(i, i), P::mul(minus_share, strip.load(sum_dy_xhat, v)));
    }
    const long end = static_cast<long>(first + here) * columns;
    for (long at = static_cast<long>(first) * columns; at < end; at += columns) {
      MICA_UNROLL
      for (int v = 0; v < strip.vectors; ++v) {
        const auto centred = P::sub(P::sub(strip.load(x + at, v), p[v]), o[v]);
        const auto direct = P::fma(factor[v], strip.load(dy + at, v), constant[v]);
        strip.store(dx + at, v, P::fma(slope[v], centred, direct));
      }
    }
  });
}

template <class P>
void update_average(int n, typename P::Value weight, typename P::Value factor, const typename P::Value* value,
                    typename P::Value* average) {
  const auto keep = P::set(1 - weight), share = P::set(weight * factor);
  const auto next = [=](auto old, auto v) { return keep_normal<P>(P::fma(share, v, P::mul(keep, old))); };
  map<P>(n, next, average, average, value);
}

// A sum in two parts: the rounded sum, and what rounding lost (Knuth's two-sum, exact for any a and b).
template <class P>
struct SumInTwo {
  typename P::Float sum, lost;
  SumInTwo(typename P::Float a, typename P::Float b) : sum(P::add(a, b)) {
    const auto b_in_sum = P::sub(sum, a);
    lost = P::add(P::sub(a, P::sub(sum, b_in_sum)), P::sub(b, b_in_sum));
  }
};

template <class P>
void update_mean(int n, typename P::Value weight, const typename P::Value* pivot, const typename P::Value* offset,
                 typename P::Value* mean, typename P::Value* remainder) {
  const auto w = P::set(weight);
  for_each_vector<P>(n, [=](auto load, auto store) {
    const auto m = load(mean), r = load(remainder);
    // The large parts, then the small ones: remainder + weight (offset - remainder).
    const SumInTwo<P> large(m, P::mul(w, P::sub(load(pivot), m)));
    const auto small = P::add(P::fma(w, P::sub(load(offset), r), r), large.lost);
    const SumInTwo<P> next(large.sum, small);
    store(mean, keep_normal<P>(next.sum));
    store(remainder, keep_normal<P>(next.lost));
  });
}

}  // namespace on

template <class T>
void column_moments(int rows, int columns, int groups, const T* x, const T* pivot, T* offset, T* variance) {
  on::column_moments<PortOf<T>>(rows, columns, groups, x, pivot, offset, variance);
}
template <class T>
void inverse_deviation(int n, const T* variance, T epsilon, T* y) {
  on::inverse_deviation<PortOf<T>>(n, variance, epsilon, y);
}
template <class T>
void normalize_columns(int rows, int columns, const T* x, const T* pivot, const T* offset, const T* factor,
                       const T* shift, T* y) {
  on::normalize_columns<PortOf<T>>(rows, columns, x, pivot, offset, factor, shift, y);
}
template <class T>
void scale_columns(int rows, int columns, const T* factor, const T* x, T* y) {
  on::scale_columns<PortOf<T>>(rows, columns, factor, x, y);
}
template <class T>
void normalized_sums(int rows, int columns, const T* x, const T* pivot, const T* offset, const T* inverse, const T* dy,
                     T* dshift, T* dscale) {
  on::normalized_sums<PortOf<T>>(rows, columns, x, pivot, offset, inverse, dy, dshift, dscale);
}
template <class T>
void sum_groups(int columns, int groups, const T* scale, T* values) {
  on::sum_groups<PortOf<T>>(columns, groups, scale, values);
}
template <class T>
void normalize_columns_backward(int rows, int columns, const T* x, const T* pivot, const T* offset, const T* inverse,
                                const T* scale, T share, const T* sum_dy, const T* sum_dy_xhat, const T* dy, T* dx) {
  on::normalize_columns_backward<PortOf<T>>(rows, columns, x, pivot, offset, inverse, scale, share, sum_dy, sum_dy_xhat,
                                            dy, dx);
}
template <class T>
void update_average(int n, T weight, T factor, const T* value, T* average) {
  on::update_average<PortOf<T>>(n, weight, factor, value, average);
}
template <class T>
void update_mean(int n, T weight, const T* pivot, const T* offset, T* mean, T* remainder) {
  on::update_mean<PortOf<T>>(n, weight, pivot, offset, mean, remainder);
}

}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica

// All of them for one number type: float in src/kernels/normalization.cpp, double in src/testing/.
#define MICA_INSTANTIATE_NORMALIZATION(T)                                                                              \
  template void column_moments<T>(int, int, int, const T*, const T*, T*, T*);                                          \
  template void inverse_deviation<T>(int, const T*, T, T*);                                                            \
  template void normalize_columns<T>(int, int, const T*, const T*, const T*, const T*, const T*, T*);                  \
  template void scale_columns<T>(int, int, const T*, const T*, T*);                                                    \
  template void normalized_sums<T>(int, int, const T*, const T*, const T*, const T*, const T*, T*, T*);                \
  template void sum_groups<T>(int, int, const T*, T*);                                                                 \
  template void normalize_columns_backward<T>(int, int, const T*, const T*, const T*, const T*, const T*, T, const T*, \
                                              const T*, const T*, T*);                                                 \
  template void update_average<T>(int, T, T, const T*, T*);                                                            \
  template void update_mean<T>(int, T, const T*, const T*, T*, T*);
