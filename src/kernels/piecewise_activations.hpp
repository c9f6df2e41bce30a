// Activations made of straight lines and parabolas, element by element.
#pragma once

#include <mica/kernels/piecewise_activations.hpp>

#include "map.hpp"
#include "port_of.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace kernels {

// min(max(v, low), high), in the order that lets NaN through.
template <class P>
inline typename P::Float clamped(typename P::Float v, typename P::Float low, typename P::Float high) {
  return P::min(high, P::max(low, v));
}

// Of 6 times it: the sum x + 3 is exact near -3, and 6 times the rounded 1/6 is 1.
template <class P>
inline typename P::Float hard_sigmoid_of(typename P::Float v) {
  const auto six_times = clamped<P>(P::add(v, P::set(3)), P::set(0), P::set(6));
  return P::mul(six_times, P::set(typename P::Value(1) / 6));
}

namespace on {

template <class P>
void clamp(int n, typename P::Value low, typename P::Value high, const typename P::Value* x, typename P::Value* y) {
  const auto least = P::set(low), most = P::set(high);
  map<P>(
      n, [=](auto v) { return clamped<P>(v, least, most); }, y, x);
}
template <class P>
void clamp_backward(int n, typename P::Value low, typename P::Value high, const typename P::Value* y,
                    const typename P::Value* dy, typename P::Value* dx) {
  const auto least = P::set(low), most = P::set(high), zero = P::set(0);
  const auto f = [=](auto v, auto d) {
    return P::select(P::less(least, v), P::select(P::less(v, most), d, zero), zero);
  };
  map<P>(n, f, dx, y, dy);
}

template <class P>
void hard_sigmoid(int n, const typename P::Value* x, typename P::Value* y) {
  map<P>(
      n, [](auto v) { return hard_sigmoid_of<P>(v); }, y, x);
}
// dx = dy / 6 where 0 < y < 1
template <class P>
void hard_sigmoid_backward(int n, const typename P::Value* y, const typename P::Value* dy, typename P::Value* dx) {
  const auto zero = P::set(0), one = P::set(1), sixth = P::set(typename P::Value(1) / 6);
  const auto f = [=](auto v, auto d) {
    return P::select(P::less(zero, v), P::select(P::less(v, one), P::mul(d, sixth), zero), zero);
  };
  map<P>(n, f, dx, y, dy);
}

template <class P>
void hard_swish(int n, const typename P::Value* x, typename P::Value* y) {
  const auto zero = P::set(0), lowest = P::set(-3);
  // Below -3 exactly 0, also where x is infinite.
  const auto f = [=](auto v) { return P::select(P::less(v, lowest), zero, P::mul(v, hard_sigmoid_of<P>(v))); };
  map<P>(n, f, y, x);
}
// dx = dy (2 x + 3) / 6 between -3 and 3, dy above
template <class P>
void hard_swish_backward(int n, const typename P::Value* x, const typename P::Value* dy, typename P::Value* dx) {
  const auto zero = P::set(0), lowest = P::set(-3), highest = P::set(3), one = P::set(1);
  const auto two = P::set(2), sixth = P::set(typename P::Value(1) / 6);
  const auto f = [=](auto v, auto d) {
    // 2 x + 3 is exact near its root.
    const auto inner = P::mul(P::fma(two, v, highest), sixth);
    const auto above = P::select(P::less(highest, v), one, inner);
    return P::mul(d, P::select(P::less(v, lowest), zero, above));
  };
  map<P>(n, f, dx, x, dy);
}

}  // namespace on

template <class T>
void clamp(int n, T low, T high, const T* x, T* y) {
  on::clamp<PortOf<T>>(n, low, high, x, y);
}
template <class T>
void clamp_backward(int n, T low, T high, const T* y, const T* dy, T* dx) {
  on::clamp_backward<PortOf<T>>(n, low, high, y, dy, dx);
}
template <class T>
void hard_sigmoid(int n, const T* x, T* y) {
  on::hard_sigmoid<PortOf<T>>(n, x, y);
}
template <class T>
void hard_sigmoid_backward(int n, const T* y, const T* dy, T* dx) {
  on::hard_sigmoid_backward<PortOf<T>>(n, y, dy, dx);
}
template <class T>
void hard_swish(int n, const T* x, T* y) {
  on::hard_swish<PortOf<T>>(n, x, y);
}
template <class T>
void hard_swish_backward(int n, const T* x, const T* dy, T* dx) {
  on::hard_swish_backward<PortOf<T>>(n, x, dy, dx);
}

}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica

// All of them for one number type: float in src/kernels/piecewise_activations.cpp, double in src/testing/.
#define MICA_INSTANTIATE_PIECEWISE_ACTIVATIONS(T)                      \
  template void clamp<T>(int, T, T, const T*, T*);                     \
  template void clamp_backward<T>(int, T, T, const T*, const T*, T*);  \
  template void hard_sigmoid<T>(int, const T*, T*);                    \
  template void hard_sigmoid_backward<T>(int, const T*, const T*, T*); \
  template void hard_swish<T>(int, const T*, T*);                      \
  template void hard_swish_backward<T>(int, const T*, const T*, T*);
