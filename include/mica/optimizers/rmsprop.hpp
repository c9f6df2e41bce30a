#pragma once

#include <mica/kernels/updates.hpp>
#include <mica/optimizers/optimizer.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// RMSprop: the gradient divided by the root of a running average of its square.
//   g = g + weight_decay w,  v = alpha v + (1 - alpha) g^2,  w = w - rate g / (sqrt(v) + epsilon)
// Gradients, averages and weights smaller than 2^-100 become 0: epsilon must be positive.
// Memory: 4 bytes per parameter.
// Paper: Tieleman, Hinton, "Neural networks for machine learning", Coursera 2012, lecture 6.5.
struct RMSprop {
  float learning_rate = 0.01f;
  float alpha = 0.99f;
  float epsilon = 1e-8f;
  float weight_decay = 0;
  bool decay_biases = true;

  template <int count>
  struct State {
    float square[count];
  };

  template <class State>
  void update(int count, float rate, float* gradient, State& state, float* weight, UpdateContext context) const {
    kernels::scaled_by_square(count, rate, context.decays ? weight_decay : 0.0f, alpha, 1 - alpha, epsilon, gradient,
                              state.square + context.first, weight);
  }

  template <class Writer>
  static constexpr void describe(Writer& writer) {
    writer << "RMSprop";
  }
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
