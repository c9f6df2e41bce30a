// Activations with a bend in the place of a kink, element by element.
#pragma once

#include <mica/kernels/smooth_activations.hpp>

#include "map.hpp"
#include "port_of.hpp"
#include "smooth_functions.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace kernels {

// dx = dy slope(v), exactly 0 before it becomes subnormal.
template <class P, class Slope>
inline void map_slope(int n, Slope slope, const typename P::Value* v, const typename P::Value* dy,
                      typename P::Value* dx) {
  map<P>(
      n, [slope](auto at, auto d) { return keep_normal<P>(P::mul(d, slope(at))); }, dx, v, dy);
}

namespace on {

template <class P>
void exponential_linear(int n, const ExponentialLinear<typename P::Value>& shape, const typename P::Value* x,
                        typename P::Value* y) {
  const auto zero = P::set(0), scale = P::set(shape.scale), amplitude = P::set(shape.amplitude);
  const auto rate = P::set(shape.rate);
  const auto f = [=](auto v) {
    const auto below = P::mul(amplitude, Elementary<P>::expm1(P::mul(rate, v)));
    return P::select(P::less(zero, v), P::mul(scale, v), below);
  };
  map<P>(n, f, y, x);
}

// Below 0 the slope is amplitude rate exp(rate x), which is rate (y + amplitude).
template <class P>
void exponential_linear_backward(int n, const ExponentialLinear<typename P::Value>& shape, const typename P::Value* y,
                                 const typename P::Value* dy, typename P::Value* dx) {
  const auto zero = P::set(0), scale = P::set(shape.scale), amplitude = P::set(shape.amplitude);
  const auto rate = P::set(shape.rate);
  const auto f = [=](auto v, auto d) {
    return P::mul(d, P::select(P::less(zero, v), scale, P::mul(rate, P::add(v, amplitude))));
  };
  map<P>(n, f, dx, y, dy);
}

template <class P>
void gelu(int n, const typename P::Value* x, typename P::Value* y) {
  map<P>(
      n, [](auto v) { return SmoothFunctions<P>::gelu(v); }, y, x);
}
template <class P>
void gelu_backward(int n, const typename P::Value* x, const typename P::Value* dy, typename P::Value* dx) {
  map_slope<P>(
      n, [](auto v) { return SmoothFunctions<P>::gelu_slope(v); }, x, dy, dx);
}

template <class P>
void gelu_tanh(int n, const typename P::Value* x, typename P::Value* y) {
  map<P>(
      n, [](auto v) { return SmoothFunctions<P>::gelu_tanh(v); }, y, x);
}
template <class P>
void gelu_tanh_backward(int n, const typename P::Value* x, const typename P::Value* dy, typename P::Value* dx) {
  map_slope<P>(
      n, [](auto v) { return SmoothFunctions<P>::gelu_tanh_slope(v); }, x, dy, dx);
}

template <class P>
void silu(int n, const typename P::Value* x, typename P::Value* y) {
  map<P>(
      n, [](auto v) { return SmoothFunctions<P>::silu(v); }, y, x);
}
template <class P>
void silu_backward(int n, const typename P::Value* x, const typename P::Value* dy, typename P::Value* dx) {
  map_slope<P>(
      n, [](auto v) { return SmoothFunctions<P>::silu_slope(v); }, x, dy, dx);
}

template <class P>
void mish(int n, const typename P::Value* x, typename P::Value* y) {
  map<P>(
      n, [](auto v) { return SmoothFunctions<P>::mish(v); }, y, x);
}
template <class P>
void mish_backward(int n, const typename P::Value* x, const typename P::Value* dy, typename P::Value* dx) {
  map_slope<P>(
      n, [](auto v) { return SmoothFunctions<P>::mish_slope(v); }, x, dy, dx);
}

template <class P>
void softplus(int n, typename P::Value beta, typename P::Value threshold, const typename P::Value* x,
              typename P::Value* y) {
  const auto rate = P::set(beta), scale = P::set(1 / beta), limit = P::set(threshold);
  const auto f = [=](auto v) {
    const auto z = P::mul(rate, v);
    return P::select(P::less(limit, z), v, P::mul(scale, SmoothFunctions<P>::softplus(z)));
  };
  map<P>(n, f, y, x);
}
template <class P>
void softplus_backward(int n, typename P::Value beta, const typename P::Value* y, const typename P::Value* dy,
                       typename P::Value* dx) {
  const auto rate = P::set(beta);
  map_slope<P>(
      n, [rate](auto v) { return SmoothFunctions<P>::softplus_slope_from_output(P::mul(rate, v)); }, y, dy, dx);
}
template <class P>
void softplus_backward_from_input(int n, typename P::Value beta, typename P::Value threshold,
                                  const typename P::Value* x, const typename P::Value* dy, typename P::Value* dx) {
  const auto rate = P::set(beta), limit = P::set(threshold), one = P::set(1);
  const auto slope = [=](auto v) {
    const auto z = P::mul(rate, v);
    return P::select(P::less(limit, z), one, SmoothFunctions<P>::softplus_slope(z));
  };
  map_slope<P>(n, slope, x, dy, dx);
}

}  // namespace on

template <class T>
void exponential_linear(int n, const ExponentialLinear<T>& shape, const T* x, T* y) {
  on::exponential_linear<PortOf<T>>(n, shape, x, y);
}
template <class T>
void exponential_linear_backward(int n, const ExponentialLinear<T>& shape, const T* y, const T* dy, T* dx) {
  on::exponential_linear_backward<PortOf<T>>(n, shape, y, dy, dx);
}
template <class T>
void gelu(int n, const T* x, T* y) {
  on::gelu<PortOf<T>>(n, x, y);
}
template <class T>
void gelu_backward(int n, const T* x, const T* dy, T* dx) {
  on::gelu_backward<PortOf<T>>(n, x, dy, dx);
}
template <class T>
void gelu_tanh(int n, const T* x, T* y) {
  on::gelu_tanh<PortOf<T>>(n, x, y);
}
template <class T>
void gelu_tanh_backward(int n, const T* x, const T* dy, T* dx) {
  on::gelu_tanh_backward<PortOf<T>>(n, x, dy, dx);
}
template <class T>
void silu(int n, const T* x, T* y) {
  on::silu<PortOf<T>>(n, x, y);
}
template <class T>
void silu_backward(int n, const T* x, const T* dy, T* dx) {
  on::silu_backward<PortOf<T>>(n, x, dy, dx);
}
template <class T>
void mish(int n, const T* x, T* y) {
  on::mish<PortOf<T>>(n, x, y);
}
template <class T>
void mish_backward(int n, const T* x, const T* dy, T* dx) {
  on::mish_backward<PortOf<T>>(n, x, dy, dx);
}
template <class T>
void softplus(int n, T beta, T threshold, const T* x, T* y) {
  on::softplus<PortOf<T>>(n, beta, threshold, x, y);
}
template <class T>
void softplus_backward(int n, T beta, const T* y, const T* dy, T* dx) {
  on::softplus_backward<PortOf<T>>(n, beta, y, dy, dx);
}
template <class T>
void softplus_backward_from_input(int n, T beta, T threshold, const T* x, const T* dy, T* dx) {
  on::softplus_backward_from_input<PortOf<T>>(n, beta, threshold, x, dy, dx);
}

}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica

// All of them for one number type: float in src/kernels/smooth_activations.cpp, double in src/testing/.
#define MICA_INSTANTIATE_SMOOTH_ACTIVATIONS(T)                                                            \
  template void exponential_linear<T>(int, const ExponentialLinear<T>&, const T*, T*);                    \
  template void exponential_linear_backward<T>(int, const ExponentialLinear<T>&, const T*, const T*, T*); \
  template void gelu<T>(int, const T*, T*);                                                               \
  template void gelu_backward<T>(int, const T*, const T*, T*);                                            \
  template void gelu_tanh<T>(int, const T*, T*);                                                          \
  template void gelu_tanh_backward<T>(int, const T*, const T*, T*);                                       \
  template void silu<T>(int, const T*, T*);                                                               \
  template void silu_backward<T>(int, const T*, const T*, T*);                                            \
  template void mish<T>(int, const T*, T*);                                                               \
  template void mish_backward<T>(int, const T*, const T*, T*);                                            \
  template void softplus<T>(int, T, T, const T*, T*);                                                     \
  template void softplus_backward<T>(int, T, const T*, const T*, T*);                                     \
  template void softplus_backward_from_input<T>(int, T, T, const T*, const T*, T*);
