// Whole-array operations.
#pragma once

#include <mica/kernels/arrays.hpp>

#include "map.hpp"
#include "port_of.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace kernels {
namespace on {

template <class P>
void scale(int n, typename P::Value factor, typename P::Value* x) {
  const auto f = P::set(factor);
  map<P>(
      n, [f](auto v) { return P::mul(f, v); }, x, x);
}

template <class P>
void affine(int n, typename P::Value factor, typename P::Value shift, const typename P::Value* x,
            typename P::Value* y) {
  const auto f = P::set(factor), s = P::set(shift);
  map<P>(
      n, [=](auto v) { return P::fma(f, v, s); }, y, x);
}

template <class P>
void subtract(int n, typename P::Value factor, const typename P::Value* a, const typename P::Value* b,
              typename P::Value* y) {
  const auto f = P::set(factor);
  map<P>(
      n, [f](auto v, auto w) { return P::mul(f, P::sub(v, w)); }, y, a, b);
}

template <class P>
void add(int n, const typename P::Value* x, typename P::Value* total) {
  map<P>(
      n, [](auto a, auto b) { return P::add(a, b); }, total, total, x);
}

}  // namespace on

template <class T>
void scale(int n, T factor, T* x) {
  on::scale<PortOf<T>>(n, factor, x);
}
template <class T>
void affine(int n, T factor, T shift, const T* x, T* y) {
  on::affine<PortOf<T>>(n, factor, shift, x, y);
}
template <class T>
void subtract(int n, T factor, const T* a, const T* b, T* y) {
  on::subtract<PortOf<T>>(n, factor, a, b, y);
}
template <class T>
void add(int n, const T* x, T* total) {
  on::add<PortOf<T>>(n, x, total);
}

}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica

// All of them for one number type: float in src/kernels/arrays.cpp, double in src/testing/.
#define MICA_INSTANTIATE_ARRAYS(T)                           \
  template void scale<T>(int, T, T*);                        \
  template void affine<T>(int, T, T, const T*, T*);          \
  template void subtract<T>(int, T, const T*, const T*, T*); \
  template void add<T>(int, const T*, T*);
