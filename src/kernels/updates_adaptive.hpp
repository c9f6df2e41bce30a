// Optimizer steps whose length is adapted to each weight.
#pragma once

#include "updates.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace kernels {

// The gradient with weight decay. Where a rule divides by small numbers, a gradient that a unit might flush would count:
// it is 0 for all.
template <class P>
inline typename P::Float decayed_gradient(typename P::Float decay, typename P::Float w, typename P::Float gradient) {
  return keep_normal<P>(P::fma(decay, w, gradient));
}

// decay average + share x, exactly 0 when it has decayed.
template <class P>
inline typename P::Float decayed(typename P::Float decay, typename P::Float average, typename P::Float share,
                                 typename P::Float x) {
  return keep_normal<P>(P::fma(share, x, P::mul(decay, average)));
}

// The loop of Adam and Nadam; `direction(g, m)` is what the root of v divides.
template <class P, class Direction>
inline void moment_step(int n, const MomentStep<typename P::Value>& step, typename P::Value* gradient,
                        typename P::Value* mean, typename P::Value* square, typename P::Value* weight,
                        Direction direction) {
  const auto decay = P::set(step.weight_decay), keep = P::set(step.keep);
  const auto mean_decay = P::set(step.mean_decay), mean_share = P::set(1 - step.mean_decay);
  const auto square_decay = P::set(step.square_decay), square_share = P::set(1 - step.square_decay);
  const auto root_scale = P::set(step.root_scale), epsilon = P::set(step.epsilon), minus_rate = P::set(-step.rate);
  for_each_vector<P>(n, [=](auto load, auto store) {
    const auto w = load(weight);
    const auto g = decayed_gradient<P>(decay, w, load(gradient));
    const auto m = decayed<P>(mean_decay, load(mean), mean_share, g);
    const auto v = decayed<P>(square_decay, load(square), P::mul(square_share, g), g);
    // Divided first: a small rate times a small moment would be subnormal.
    const auto scaled = P::div(direction(g, m), P::fma(root_scale, P::sqrt(v), epsilon));
    store(mean, m);
    store(square, v);
    store(weight, keep_normal<P>(P::fma(minus_rate, scaled, P::mul(keep, w))));
    store(gradient, P::set(0));
  });
}

namespace on {

template <class P>
void adam(int n, const MomentStep<typename P::Value>& step, typename P::Value* gradient, typename P::Value* mean,
          typename P::Value* square, typename P::Value* weight) {
  moment_step<P>(n, step, gradient, mean, square, weight, [](auto, auto m) { return m; });
}

template <class P>
void nadam(int n, const MomentStep<typename P::Value>& step, typename P::Value* gradient, typename P::Value* mean,
           typename P::Value* square, typename P::Value* weight) {
  const auto gradient_weight = P::set(step.gradient_weight), mean_weight = P::set(step.mean_weight);
  moment_step<P>(n, step, gradient, mean, square, weight,
                 [=](auto g, auto m) { return P::fma(mean_weight, m, P::mul(gradient_weight, g)); });
}

template <class P>
void scaled_by_square(int n, typename P::Value rate, typename P::Value weight_decay, typename P::Value square_decay,
                      typename P::Value square_share, typename P::Value epsilon, typename P::Value* gradient,
                      typename P::Value* square, typename P::Value* weight) {
  const auto minus_rate = P::set(-rate), decay = P::set(weight_decay), small = P::set(epsilon);
  const auto keep = P::set(square_decay), share = P::set(square_share);
  for_each_vector<P>(n, [=](auto load, auto store) {
    const auto w = load(weight);
    const auto g = decayed_gradient<P>(decay, w, load(gradient));
    const auto v = decayed<P>(keep, load(square), P::mul(share, g), g);
    store(square, v);
    const auto scaled = P::div(g, P::add(P::sqrt(v), small));
    store(weight, keep_normal<P>(P::fma(minus_rate, scaled, w)));
    store(gradient, P::set(0));
  });
}

// b = momentum b + g / (sqrt(v) + epsilon);  w = w - rate b
template <class P>
void rmsprop_momentum(int n, typename P::Value rate, typename P::Value weight_decay, typename P::Value square_decay,
                      typename P::Value momentum, typename P::Value epsilon, typename P::Value* gradient,
                      typename P::Value* square, typename P::Value* velocity, typename P::Value* weight) {
  const auto minus_rate = P::set(-rate), decay = P::set(weight_decay), small = P::set(epsilon);
  const auto keep = P::set(square_decay), share = P::set(1 - square_decay), keep_velocity = P::set(momentum);
  for_each_vector<P>(n, [=](auto load, auto store) {
    const auto w = load(weight);
    const auto g = decayed_gradient<P>(decay, w, load(gradient));
    const auto v = decayed<P>(keep, load(square), P::mul(share, g), g);
    store(square, v);
    const auto scaled = P::div(g, P::add(P::sqrt(v), small));
    const auto b = keep_normal<P>(P::fma(keep_velocity, load(velocity), scaled));
    store(velocity, b);
    store(weight, keep_normal<P>(P::fma(minus_rate, b, w)));
    store(gradient, P::set(0));
  });
}

template <class P>
void lion(int n, typename P::Value rate, typename P::Value keep, typename P::Value update_decay,
          typename P::Value mean_decay, typename P::Value* gradient, typename P::Value* mean,
          typename P::Value* weight) {
  const auto forward = P::set(-rate), back = P::set(rate), kept = P::set(keep), zero = P::set(0);
  const auto update_keep = P::set(update_decay), update_share = P::set(1 - update_decay);
  const auto mean_keep = P::set(mean_decay), mean_share = P::set(1 - mean_decay);
  for_each_vector<P>(n, [=](auto load, auto store) {
    const auto w = load(weight), g = load(gradient), m = load(mean);
    // What is smaller than any number that is kept has no sign: a unit that flushes subnormals would not see it.
    const auto c = decayed<P>(update_keep, m, update_share, g);
    // 0 and NaN go into the sum as they are.
    const auto change = P::select(P::less(zero, c), forward, P::select(P::less(c, zero), back, c));
    store(weight, keep_normal<P>(P::fma(kept, w, change)));
    store(mean, decayed<P>(mean_keep, m, mean_share, g));
    store(gradient, zero);
  });
}

template <class P>
void move_towards(int n, typename P::Value share, const typename P::Value* x, typename P::Value* average) {
  const auto part = P::set(share);
  map<P>(
      n, [=](auto a, auto v) { return keep_normal<P>(P::fma(part, P::sub(v, a), a)); }, average, average, x);
}

// The second operand wins where a comparison fails, so that NaN stays.
template <class P>
void clip(int n, typename P::Value limit, typename P::Value* x) {
  const auto high = P::set(limit), low = P::set(-limit);
  map<P>(
      n, [=](auto v) { return P::max(low, P::min(high, v)); }, x, x);
}

}  // namespace on

template <class T>
void adam(int n, const MomentStep<T>& step, T* gradient, T* mean, T* square, T* weight) {
  on::adam<PortOf<T>>(n, step, gradient, mean, square, weight);
}
template <class T>
void nadam(int n, const MomentStep<T>& step, T* gradient, T* mean, T* square, T* weight) {
  on::nadam<PortOf<T>>(n, step, gradient, mean, square, weight);
}
template <class T>
void scaled_by_square(int n, T rate, T weight_decay, T square_decay, T square_share, T epsilon, T* gradient, T* square,
                      T* weight) {
  on::scaled_by_square<PortOf<T>>(n, rate, weight_decay, square_decay, square_share, epsilon, gradient, square, weight);
}
template <class T>
void rmsprop_momentum(int n, T rate, T weight_decay, T square_decay, T momentum, T epsilon, T* gradient, T* square,
                      T* velocity, T* weight) {
  on::rmsprop_momentum<PortOf<T>>(n, rate, weight_decay, square_decay, momentum, epsilon, gradient, square, velocity,
                                  weight);
}
template <class T>
void lion(int n, T rate, T keep, T update_decay, T mean_decay, T* gradient, T* mean, T* weight) {
  on::lion<PortOf<T>>(n, rate, keep, update_decay, mean_decay, gradient, mean, weight);
}
template <class T>
void move_towards(int n, T share, const T* x, T* average) {
  on::move_towards<PortOf<T>>(n, share, x, average);
}
template <class T>
void clip(int n, T limit, T* x) {
  on::clip<PortOf<T>>(n, limit, x);
}

}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica

// All of them for one number type: float in src/kernels/updates_adaptive.cpp, double in src/testing/.
#define MICA_INSTANTIATE_UPDATES_ADAPTIVE(T)                             \
  template void adam<T>(int, const MomentStep<T>&, T*, T*, T*, T*);      \
  template void nadam<T>(int, const MomentStep<T>&, T*, T*, T*, T*);     \
  template void scaled_by_square<T>(int, T, T, T, T, T, T*, T*, T*);     \
  template void rmsprop_momentum<T>(int, T, T, T, T, T, T*, T*, T*, T*); \
  template void lion<T>(int, T, T, T, T, T*, T*, T*);                    \
  template void move_towards<T>(int, T, const T*, T*);                   \
  template void clip<T>(int, T, T*);
