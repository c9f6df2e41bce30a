// Random masks and noise, drawn from the counter-based generator and never stored.
#pragma once

#include <mica/kernels/dropout.hpp>

#include "elementary.hpp"
#include "map.hpp"
#include "port_of.hpp"
#include "random.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace kernels {

// y[i] = f(element i of the generator, x[i]), f on vectors of 32 random bits and of numbers.
template <class P, class Function>
inline void map_random(int n, Random random, Function f, const typename P::Value* x, typename P::Value* y) {
  const auto put = [&](int i, typename P::Int bits) {
    if (i + P::lanes <= n) {
      P::store(y + i, f(bits, P::load(x + i)));
    } else if (i < n) {
      P::store_first(y + i, f(bits, P::load_first(x + i, n - i)), n - i);
    }
  };
  for (int group = 0; group < n; group += 64) {
    for (int lane = 0; lane < 32; lane += P::lanes) {
      const auto both = random_blocks<P>(random.seed(), static_cast<std::uint32_t>(group / 2 + lane));
      put(group + lane, both.first);
      put(group + 32 + lane, both.second);
    }
  }
}

template <class P>
inline typename P::Mask is_dropped(typename P::Int bits, typename P::Int threshold) {
  return P::less_int(P::template shift_right<8>(bits), threshold);
}

namespace on {

template <class P>
void drop(int n, Random random, int threshold, typename P::Value factor, typename P::Value shift,
          typename P::Value dropped, const typename P::Value* x, typename P::Value* y) {
  const auto limit = P::set_int(threshold);
  const auto f = P::set(factor), s = P::set(shift), d = P::set(dropped), zero = P::set(0);
  const auto choose = [=](auto bits, auto v) {
    const auto out = is_dropped<P>(bits, limit);
    return P::fma(v, P::select(out, zero, f), P::select(out, d, s));
  };
  map_random<P>(n, random, choose, x, y);
}

template <class P>
void fill_kept(int n, Random random, int threshold, typename P::Value factor, typename P::Value* y) {
  const auto limit = P::set_int(threshold);
  const auto f = P::set(factor), zero = P::set(0);
  fill_random<P>(
      n, random, [=](auto bits) { return P::select(is_dropped<P>(bits, limit), zero, f); }, y);
}

// The numbers of fill_normal without a cut-off: the quantile of an odd multiple of 2^-23.
template <class P>
void add_normal(int n, Random random, typename P::Value deviation, const typename P::Value* x, typename P::Value* y) {
  const auto scale = P::set(deviation);
  const auto step = P::set(static_cast<typename P::Value>(0x1p-23));
  const auto add = [=](auto bits, auto v) {
    const auto twice = P::template shift_left<1>(P::template shift_right<9>(bits));
    const auto odd = P::sub_int(twice, P::set_int((1 << 23) - 1));
    return P::fma(scale, Elementary<P>::normal_quantile(P::mul(P::to_float(odd), step)), v);
  };
  map_random<P>(n, random, add, x, y);
}

template <class P>
void copy(int n, const typename P::Value* x, typename P::Value* y) {
  if (x == y) return;
  map<P>(
      n, [](auto v) { return v; }, y, x);
}

}  // namespace on

template <class T>
void drop(int n, Random random, int threshold, T factor, T shift, T dropped, const T* x, T* y) {
  on::drop<PortOf<T>>(n, random, threshold, factor, shift, dropped, x, y);
}
template <class T>
void fill_kept(int n, Random random, int threshold, T factor, T* y) {
  on::fill_kept<PortOf<T>>(n, random, threshold, factor, y);
}
template <class T>
void add_normal(int n, Random random, T deviation, const T* x, T* y) {
  on::add_normal<PortOf<T>>(n, random, deviation, x, y);
}
template <class T>
void copy(int n, const T* x, T* y) {
  on::copy<PortOf<T>>(n, x, y);
}

}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica

// All of them for one number type: float in src/kernels/dropout.cpp, double in src/testing/.
#define MICA_INSTANTIATE_DROPOUT(T)                               \
  template void drop<T>(int, Random, int, T, T, T, const T*, T*); \
  template void fill_kept<T>(int, Random, int, T, T*);            \
  template void add_normal<T>(int, Random, T, const T*, T*);      \
  template void copy<T>(int, const T*, T*);
