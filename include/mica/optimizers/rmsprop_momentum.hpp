#pragma once

#include <mica/kernels/updates.hpp>
#include <mica/optimizers/optimizer.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// RMSpropMomentum: RMSprop with a velocity.
//   g = g + weight_decay w,  v = alpha v + (1 - alpha) g^2,  b = momentum b + g / (sqrt(v) + epsilon),  w = w - rate b
// Gradients, averages, velocities and weights smaller than 2^-100 become 0: epsilon must be positive.
// Memory: 8 bytes per parameter. Paper: Graves, 2013, arXiv:1308.0850.
struct RMSpropMomentum {
  float learning_rate = 0.01f;
  float momentum = 0.9f;
  float alpha = 0.99f;
  float epsilon = 1e-8f;
  float weight_decay = 0;
  bool decay_biases = true;

  template <int count>
  struct State {
    float square[count];
    float velocity[count];
  };

  template <class State>
  void update(int count, float rate, float* gradient, State& state, float* weight, UpdateContext context) const {
    kernels::rmsprop_momentum(count, rate, context.decays ? weight_decay : 0.0f, alpha, momentum, epsilon, gradient,
                              state.square + context.first, state.velocity + context.first, weight);
  }

  template <class Writer>
  static constexpr void describe(Writer& writer) {
    writer << "RMSpropMomentum";
  }
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
