// Optimizer steps and the few whole-array operations around them.
#pragma once

#include <cstdint>

#include <mica/kernels/updates.hpp>

#include "map.hpp"
#include "port_of.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace kernels {

// What decays towards zero becomes exactly zero before it becomes subnormal. Floats without their signs are ordered as
// their bits are, with NaN above all, and most ports compare whole numbers in fewer instructions.
template <class P>
inline typename P::Float keep_normal(typename P::Float v) {
  const auto least = P::set(smallest_kept);
  if constexpr (sizeof(typename P::Value) == sizeof(std::int32_t)) {
    const auto magnitude = P::and_int(P::as_int(v), P::set_int(INT32_MAX));
    return P::select(P::less_int(magnitude, P::as_int(least)), P::set(0), v);
  } else {
    return P::select(P::less(P::max(v, P::sub(P::set(0), v)), least), P::set(0), v);
  }
}

// Walks arrays of n numbers with a body that gets the index and how many lanes are in use.
template <class P, class Body>
inline void for_each_vector(int n, Body body) {
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
  for_each_vector<P>(n, [=](auto load, auto store) {
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
    for_each_vector<P>(
        n, [=](auto load, auto store) { step(load, store, [=](auto g, auto v) { return P::fma(keep, v, g); }); });
  } else {
    for_each_vector<P>(n, [=](auto load, auto store) { step(load, store, [](auto, auto v) { return v; }); });
  }
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
}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica

// All of them for one number type: float in src/kernels/updates.cpp, double in src/testing/.
#define MICA_INSTANTIATE_UPDATES(T)        \
  template void sgd<T>(int, T, T, T*, T*); \
  template void sgd_momentum<T>(int, T, T, T, bool, T*, T*, T*);
