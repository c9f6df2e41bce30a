#pragma once

#include <mica/kernels.hpp>
#include <mica/namespace.hpp>
#include <mica/slot.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// The optimizer contract: a type whose members are its settings, with
//   State<count>                             what it keeps for `count` parameters; empty costs nothing
//   update(count, rate, gradient, state, weight)  one step at learning rate `rate`; the gradient is 0 afterwards
//   describe(writer)

// SGD: stochastic gradient descent without memory.
//   w = w - rate (g + weight_decay w)
// Weights smaller than 2^-100 become 0. Memory: none. Paper: Robbins, Monro, 1951, doi:10.1214/aoms/1177729586.
struct SGD {
  float learning_rate = 0.01f;
  float weight_decay = 0;

  template <int count>
  struct State {};

  template <class State>
  void update(int count, float rate, float* gradient, State&, float* weight) const {
    kernels::sgd(count, rate, weight_decay, gradient, weight);
  }

  template <class Writer>
  static constexpr void describe(Writer& writer) {
    writer << "SGD";
  }
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
