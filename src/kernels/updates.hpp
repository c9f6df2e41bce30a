// Optimizer steps and the few whole-array operations around them.
#pragma once

#include <cstdint>

#include <mica/kernels/updates.hpp>

#include "factors.hpp"
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

// The same on a matrix of weights whose gradient is the product of a column and a row; the body also gets its numbers.
template <class P, class Body>
inline void for_each_product(int rows, int columns, const typename P::Value* column, const typename P::Value* row,
                             Body body) {
  for (int i = 0; i < rows; ++i) {
    const auto left = factor<P>(column[i]);
    const long first = static_cast<long>(i) * columns;
    for_each_vector<P>(columns, [=](auto load, auto store) {
      body([=](const auto* p) { return load(p + first); }, [=](auto* p, auto v) { store(p + first, v); },
           P::fma(left, load(row), P::set(0)));
    });
  }
}

namespace on {

// g' = g + decay w;  w = w - rate g'
template <class P>
struct Descent {
  typename P::Float minus_rate, decay;
  typename P::Value* weight;
  template <class Load, class Store>
  void step(Load load, Store store, typename P::Float gradient) const {
    const auto w = load(weight);
    const auto g = P::fma(decay, w, gradient);
    store(weight, keep_normal<P>(P::fma(minus_rate, g, w)));
  }
};

template <class P>
void sgd(int n, typename P::Value rate, typename P::Value weight_decay, typename P::Value* gradient,
         typename P::Value* weight) {
  const Descent<P> descent{P::set(-rate), P::set(weight_decay), weight};
  for_each_vector<P>(n, [=](auto load, auto store) {
    descent.step(load, store, load(gradient));
    store(gradient, P::set(0));
  });
}
template <class P>
void sgd_outer(int rows, int columns, const typename P::Value* column, const typename P::Value* row,
               typename P::Value rate, typename P::Value weight_decay, typename P::Value* weight) {
  const Descent<P> descent{P::set(-rate), P::set(weight_decay), weight};
  for_each_product<P>(rows, columns, column, row,
                      [=](auto load, auto store, auto gradient) { descent.step(load, store, gradient); });
}

// g' = g + decay w;  v = momentum v + g';  w = w - rate v, or with Nesterov w = w - rate (g' + momentum v)
template <class P, bool nesterov>
struct Momentum {
  typename P::Float minus_rate, decay, keep;
  typename P::Value *velocity, *weight;
  template <class Load, class Store>
  void step(Load load, Store store, typename P::Float gradient) const {
    const auto w = load(weight);
    const auto g = P::fma(decay, w, gradient);
    const auto v = keep_normal<P>(P::fma(keep, load(velocity), g));
    store(velocity, v);
    store(weight, keep_normal<P>(P::fma(minus_rate, nesterov ? P::fma(keep, v, g) : v, w)));
  }
};
template <class P, class Run>
inline void with_momentum(typename P::Value rate, typename P::Value weight_decay, typename P::Value momentum,
                          bool nesterov, typename P::Value* velocity, typename P::Value* weight, Run run) {
  const auto minus_rate = P::set(-rate), decay = P::set(weight_decay), keep = P::set(momentum);
  if (nesterov) {
    run(Momentum<P, true>{minus_rate, decay, keep, velocity, weight});
  } else {
    run(Momentum<P, false>{minus_rate, decay, keep, velocity, weight});
  }
}

template <class P>
void sgd_momentum(int n, typename P::Value rate, typename P::Value weight_decay, typename P::Value momentum,
                  bool nesterov, typename P::Value* gradient, typename P::Value* velocity, typename P::Value* weight) {
  with_momentum<P>(rate, weight_decay, momentum, nesterov, velocity, weight, [=](auto rule) {
    for_each_vector<P>(n, [=](auto load, auto store) {
      rule.step(load, store, load(gradient));
      store(gradient, P::set(0));
    });
  });
}
template <class P>
void sgd_momentum_outer(int rows, int columns, const typename P::Value* column, const typename P::Value* row,
                        typename P::Value rate, typename P::Value weight_decay, typename P::Value momentum,
                        bool nesterov, typename P::Value* velocity, typename P::Value* weight) {
  with_momentum<P>(rate, weight_decay, momentum, nesterov, velocity, weight, [=](auto rule) {
    for_each_product<P>(rows, columns, column, row,
                        [=](auto load, auto store, auto gradient) { rule.step(load, store, gradient); });
  });
}

}  // namespace on

template <class T>
void sgd(int n, T rate, T weight_decay, T* gradient, T* weight) {
  on::sgd<PortOf<T>>(n, rate, weight_decay, gradient, weight);
}
template <class T>
void sgd_outer(int rows, int columns, const T* column, const T* row, T rate, T weight_decay, T* weight) {
  on::sgd_outer<PortOf<T>>(rows, columns, column, row, rate, weight_decay, weight);
}
template <class T>
void sgd_momentum(int n, T rate, T weight_decay, T momentum, bool nesterov, T* gradient, T* velocity, T* weight) {
  on::sgd_momentum<PortOf<T>>(n, rate, weight_decay, momentum, nesterov, gradient, velocity, weight);
}
template <class T>
void sgd_momentum_outer(int rows, int columns, const T* column, const T* row, T rate, T weight_decay, T momentum,
                        bool nesterov, T* velocity, T* weight) {
  on::sgd_momentum_outer<PortOf<T>>(rows, columns, column, row, rate, weight_decay, momentum, nesterov, velocity,
                                    weight);
}
}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica

// All of them for one number type: float in src/kernels/updates.cpp, double in src/testing/.
#define MICA_INSTANTIATE_UPDATES(T)                                   \
  template void sgd<T>(int, T, T, T*, T*);                            \
  template void sgd_outer<T>(int, int, const T*, const T*, T, T, T*); \
  template void sgd_momentum<T>(int, T, T, T, bool, T*, T*, T*);      \
  template void sgd_momentum_outer<T>(int, int, const T*, const T*, T, T, T, bool, T*, T*);
