// Optimizer steps and the few whole-array operations around them.
#pragma once

#include <mica/kernels.hpp>

#include "map.hpp"
#include "port_of.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace kernels {

// What decays towards zero becomes exactly zero before it becomes subnormal.
template <class P>
inline typename P::Float keep_normal(typename P::Float v) {
  const auto magnitude = P::max(v, P::sub(P::set(0), v));
  return P::select(P::less(magnitude, P::set(smallest_kept)), P::set(0), v);
}

// Walks arrays of n numbers with a body that gets the index and how many lanes are in use.
template <class P, class Body>
inline void for_vectors(int n, Body body) {
  int i = 0;
  for (; i + P::lanes <= n; i += P::lanes) {
    body([i](const auto* p) { return P::load(p + i); }, [i](auto* p, auto v) { P::store(p + i, v); });
  }
  const int left = n - i;
  if (left > 0) {
    body([=](const auto* p) { return P::load_first(p + i, left); },
         [=](auto* p, auto v) { P::store_first(p + i, v, left); });
  }
}

namespace on {

// g' = g + decay w;  w = w - rate g'
template <class P>
void sgd(int n, typename P::Value rate, typename P::Value weight_decay, typename P::Value* gradient,
         typename P::Value* weight) {
  const auto minus_rate = P::set(-rate), decay = P::set(weight_decay);
  for_vectors<P>(n, [=](auto load, auto store) {
    const auto w = load(weight);
    const auto g = P::fma(decay, w, load(gradient));
    store(weight, keep_normal<P>(P::fma(minus_rate, g, w)));
    store(gradient, P::set(0));
  });
}

// g' = g + decay w;  v = momentum v + g';  w = w - rate v, or with Nesterov w = w - rate (g' + momentum v)
template <class P>
void sgd_momentum(int n, typename P::Value rate, typename P::Value weight_decay, typename P::Value momentum,
                  bool nesterov, typename P::Value* gradient, typename P::Value* velocity, typename P::Value* weight) {
  const auto minus_rate = P::set(-rate), decay = P::set(weight_decay), keep = P::set(momentum);
  const auto step = [=](auto load, auto store, auto direction) {
    const auto w = load(weight);
    const auto g = P::fma(decay, w, load(gradient));
    const auto v = keep_normal<P>(P::fma(keep, load(velocity), g));
    store(velocity, v);
    store(weight, keep_normal<P>(P::fma(minus_rate, direction(g, v), w)));
    store(gradient, P::set(0));
  };
  if (nesterov) {
    for_vectors<P>(
        n, [=](auto load, auto store) { step(load, store, [=](auto g, auto v) { return P::fma(keep, v, g); }); });
  } else {
    for_vectors<P>(n, [=](auto load, auto store) { step(load, store, [](auto, auto v) { return v; }); });
  }
}

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

}  // namespace on

template <class T>
void sgd(int n, T rate, T weight_decay, T* gradient, T* weight) {
  on::sgd<PortOf<T>>(n, rate, weight_decay, gradient, weight);
}
template <class T>
void sgd_momentum(int n, T rate, T weight_decay, T momentum, bool nesterov, T* gradient, T* velocity, T* weight) {
  on::sgd_momentum<PortOf<T>>(n, rate, weight_decay, momentum, nesterov, gradient, velocity, weight);
}
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

}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
