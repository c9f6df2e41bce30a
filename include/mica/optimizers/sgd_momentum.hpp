#pragma once

#include <mica/kernels.hpp>
#include <mica/namespace.hpp>
#include <mica/optimizers/optimizer.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// SGDMomentum: stochastic gradient descent with a velocity.
//   g = g + weight_decay w,  v = momentum v + g,  w = w - rate v        nesterov: w = w - rate (g + momentum v)
// Velocities and weights smaller than 2^-100 become 0, so that nothing decays into subnormal numbers.
// Memory: 4 bytes per parameter. Paper: Sutskever, Martens, Dahl, Hinton, ICML 2013.
struct SGDMomentum {
  float learning_rate = 0.01f;
  float momentum = 0.9f;
  float weight_decay = 0;
  bool nesterov = false;
  bool decay_biases = true;

  template <int count>
  struct State {
    float velocity[count];
  };

  template <class State>
  void update(int count, float rate, float* gradient, State& state, float* weight, UpdateContext context = {}) const {
    kernels::sgd_momentum(count, rate, context.decays ? weight_decay : 0.0f, momentum, nesterov, gradient,
                          state.velocity + context.first, weight);
  }
  template <class State>
  void update_outer(int rows, int columns, float rate, const float* column, const float* row, State& state,
                    float* weight, UpdateContext context) const {
    kernels::sgd_momentum_outer(rows, columns, column, row, rate, weight_decay, momentum, nesterov,
                                state.velocity + context.first, weight);
  }

  template <class Writer>
  static constexpr void describe(Writer& writer) {
    writer << "SGDMomentum";
  }
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
