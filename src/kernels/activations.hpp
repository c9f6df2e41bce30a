// The element-wise activations and what each does to a gradient.
#pragma once

#include <mica/kernels/activations.hpp>

#include "elementary.hpp"
#include "map.hpp"
#include "port_of.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace kernels {
namespace on {

template <class P>
void relu(int n, const typename P::Value* x, typename P::Value* y) {
  // The second operand of max wins for NaN, so that a NaN goes on to where it is noticed.
  map<P>(
      n, [](auto v) { return P::max(P::set(0), v); }, y, x);
}

template <class P>
void relu_backward(int n, const typename P::Value* y, const typename P::Value* dy, typename P::Value* dx) {
  const auto zero = P::set(0);
  map<P>(
      n, [zero](auto v, auto d) { return P::select(P::less(zero, v), d, zero); }, dx, y, dy);
}

template <class P>
void leaky_relu(int n, typename P::Value slope, const typename P::Value* x, typename P::Value* y) {
  const auto zero = P::set(0), a = P::set(slope);
  map<P>(
      n, [=](auto v) { return P::select(P::less(v, zero), P::mul(a, v), v); }, y, x);
}

// A positive slope keeps the sign, so the output tells which side the input was on.
template <class P>
void leaky_relu_backward(int n, typename P::Value slope, const typename P::Value* y, const typename P::Value* dy,
                         typename P::Value* dx) {
  const auto zero = P::set(0), a = P::set(slope);
  map<P>(
      n, [=](auto v, auto d) { return P::select(P::less(zero, v), d, P::mul(a, d)); }, dx, y, dy);
}

// Below -sigmoid_range exactly 0, so that y (1 - y) cannot bring a gradient into the subnormal range.
template <class P>
void sigmoid(int n, const typename P::Value* x, typename P::Value* y) {
  const auto lowest = P::set(-sigmoid_range), zero = P::set(0);
  map<P>(
      n, [=](auto v) { return P::select(P::less(v, lowest), zero, Elementary<P>::sigmoid(v)); }, y, x);
}

// dx = dy y (1 - y)
template <class P>
void sigmoid_backward(int n, const typename P::Value* y, const typename P::Value* dy, typename P::Value* dx) {
  const auto one = P::set(1);
  map<P>(
      n, [one](auto v, auto d) { return P::mul(d, P::mul(v, P::sub(one, v))); }, dx, y, dy);
}

template <class P>
void tanh(int n, const typename P::Value* x, typename P::Value* y) {
  map<P>(
      n, [](auto v) { return Elementary<P>::tanh(v); }, y, x);
}

// dx = dy (1 - y)(1 + y)
template <class P>
void tanh_backward(int n, const typename P::Value* y, const typename P::Value* dy, typename P::Value* dx) {
  const auto one = P::set(1);
  map<P>(
      n, [one](auto v, auto d) { return P::mul(d, P::mul(P::sub(one, v), P::add(one, v))); }, dx, y, dy);
}

template <class P>
void exp(int n, const typename P::Value* x, typename P::Value* y) {
  map<P>(
      n, [](auto v) { return Elementary<P>::exp(v); }, y, x);
}

template <class P>
void log(int n, const typename P::Value* x, typename P::Value* y) {
  map<P>(
      n, [](auto v) { return Elementary<P>::log(v); }, y, x);
}

template <class P>
void prelu(int rows, int channels, const typename P::Value* slope, const typename P::Value* x, typename P::Value* y) {
  const auto zero = P::set(0);
  for (int row = 0; row < rows; ++row, x += channels, y += channels) {
    map<P>(
        channels, [=](auto v, auto a) { return P::select(P::less(v, zero), P::mul(a, v), v); }, y, x, slope);
  }
}

// dx = dy where x > 0, else slope dy; dslope += the sum over rows of dy x where x < 0. dx may be null.
template <class P>
void prelu_backward(int rows, int channels, const typename P::Value* slope, const typename P::Value* x,
                    const typename P::Value* dy, typename P::Value* dx, typename P::Value* dslope) {
  const auto zero = P::set(0);
  for (int row = 0; row < rows; ++row, x += channels, dy += channels) {
    map<P>(
        channels, [=](auto v, auto d, auto s) { return P::fma(P::min(v, zero), d, s); }, dslope, x, dy, dslope);
    if (dx == nullptr) continue;
    map<P>(
        channels, [=](auto v, auto d, auto a) { return P::select(P::less(zero, v), d, P::mul(a, d)); }, dx, x, dy,
        slope);
    dx += channels;
  }
}

}  // namespace on

template <class T>
void exp(int n, const T* x, T* y) {
  on::exp<PortOf<T>>(n, x, y);
}
template <class T>
void log(int n, const T* x, T* y) {
  on::log<PortOf<T>>(n, x, y);
}
template <class T>
void relu(int n, const T* x, T* y) {
  on::relu<PortOf<T>>(n, x, y);
}
template <class T>
void relu_backward(int n, const T* y, const T* dy, T* dx) {
  on::relu_backward<PortOf<T>>(n, y, dy, dx);
}
template <class T>
void leaky_relu(int n, T slope, const T* x, T* y) {
  on::leaky_relu<PortOf<T>>(n, slope, x, y);
}
template <class T>
void leaky_relu_backward(int n, T slope, const T* y, const T* dy, T* dx) {
  on::leaky_relu_backward<PortOf<T>>(n, slope, y, dy, dx);
}
template <class T>
void sigmoid(int n, const T* x, T* y) {
  on::sigmoid<PortOf<T>>(n, x, y);
}
template <class T>
void sigmoid_backward(int n, const T* y, const T* dy, T* dx) {
  on::sigmoid_backward<PortOf<T>>(n, y, dy, dx);
}
template <class T>
void tanh(int n, const T* x, T* y) {
  on::tanh<PortOf<T>>(n, x, y);
}
template <class T>
void tanh_backward(int n, const T* y, const T* dy, T* dx) {
  on::tanh_backward<PortOf<T>>(n, y, dy, dx);
}
template <class T>
void prelu(int rows, int channels, const T* slope, const T* x, T* y) {
  on::prelu<PortOf<T>>(rows, channels, slope, x, y);
}
template <class T>
void prelu_backward(int rows, int channels, const T* slope, const T* x, const T* dy, T* dx, T* dslope) {
  on::prelu_backward<PortOf<T>>(rows, channels, slope, x, dy, dx, dslope);
}

}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica

// All of them for one number type: float in src/kernels/activations.cpp, double in src/testing/.
#define MICA_INSTANTIATE_ACTIVATIONS(T)                                 \
  template void exp<T>(int, const T*, T*);                              \
  template void log<T>(int, const T*, T*);                              \
  template void relu<T>(int, const T*, T*);                             \
  template void relu_backward<T>(int, const T*, const T*, T*);          \
  template void leaky_relu<T>(int, T, const T*, T*);                    \
  template void leaky_relu_backward<T>(int, T, const T*, const T*, T*); \
  template void sigmoid<T>(int, const T*, T*);                          \
  template void sigmoid_backward<T>(int, const T*, const T*, T*);       \
  template void tanh<T>(int, const T*, T*);                             \
  template void tanh_backward<T>(int, const T*, const T*, T*);          \
  template void prelu<T>(int, int, const T*, const T*, T*);             \
  template void prelu_backward<T>(int, int, const T*, const T*, const T*, T*, T*);
