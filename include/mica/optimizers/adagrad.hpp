#pragma once

#include <mica/kernels/updates.hpp>
#include <mica/optimizers/optimizer.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// Adagrad: the gradient divided by the root of the sum of its squares so far: rare inputs keep a high rate.
//   g = g + weight_decay w,  v = v + g^2,  w = w - rate / (1 + (t - 1) rate_decay) g / (sqrt(v) + epsilon)
// Gradients, sums and weights smaller than 2^-100 become 0: epsilon must be positive.
// Memory: 4 bytes per parameter.
// Paper: Duchi, Hazan, Singer, 2011, jmlr.org/papers/v12/duchi11a.
struct Adagrad {
  float learning_rate = 0.01f;
  float rate_decay = 0;
  float epsilon = 1e-10f;
  float weight_decay = 0;
  bool decay_biases = true;

  template <int count>
  struct State {
    float square[count];
  };

  template <class State>
  void update(int count, float rate, float* gradient, State& state, float* weight, UpdateContext context) const {
    const float now = rate / (1 + static_cast<float>(context.step - 1) * rate_decay);
    kernels::scaled_by_square(count, now, context.decays ? weight_decay : 0.0f, 1.0f, 1.0f, epsilon, gradient,
                              state.square + context.first, weight);
  }

  template <class Writer>
  static constexpr void describe(Writer& writer) {
    writer << "Adagrad";
  }
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
