// Looks for NaN and infinity.
#pragma once

#include <mica/kernels/finite.hpp>

#include "reductions.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace kernels {
namespace on {

// 0 x is 0 for every number but NaN and infinity, and NaN for those; their sum shows it.
template <class P>
int first_not_finite(int n, const typename P::Value* x) {
  using T = typename P::Value;
  const auto zero = P::set(0);
  for (int first = 0; first < n; first += reduction_block) {
    const int count = n - first < reduction_block ? n - first : reduction_block;
    const T total = sum_block<P>(count, x + first, [=](auto s, auto v) { return P::fma(zero, v, s); });
    if (total == 0) continue;
    int i = first;
    while (x[i] - x[i] == 0) ++i;
    return i;
  }
  return n;
}

}  // namespace on

template <class T>
int first_not_finite(int n, const T* x) {
  return on::first_not_finite<PortOf<T>>(n, x);
}

}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica

// All of them for one number type: float in src/kernels/finite.cpp, double in src/testing/.
#define MICA_INSTANTIATE_FINITE(T) template int first_not_finite<T>(int, const T*);
