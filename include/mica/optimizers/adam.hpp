#pragma once

#include <mica/optimizers/moments.hpp>
#include <mica/optimizers/optimizer.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// Adam: every weight at a rate of its own, from running averages of the gradient and of its square.
//   g = g + weight_decay w,  m = beta1 m + (1 - beta1) g,  v = beta2 v + (1 - beta2) g^2
//   w = w - rate / (1 - beta1^t) m / (sqrt(v / (1 - beta2^t)) + epsilon)        t counts steps from 1
// Gradients, averages (of squares too) and weights smaller than 2^-100 become 0: epsilon must be positive.
// For weight decay prefer AdamW. Memory: 8 bytes per parameter. Paper: Kingma, Ba, 2014, arXiv:1412.6980.
struct Adam {
  float learning_rate = 0.001f;
  float beta1 = 0.9f;
  float beta2 = 0.999f;
  float epsilon = 1e-8f;
  float weight_decay = 0;
  bool decay_biases = true;

  template <int count>
  struct State {
    float mean[count];
    float square[count];
  };

  template <class State>
  void update(int count, float rate, float* gradient, State& state, float* weight, UpdateContext context) const {
    auto step = adam_step(rate, beta1, beta2, epsilon, context.step);
    step.weight_decay = context.decays ? weight_decay : 0;
    kernels::adam(count, step, gradient, state.mean + context.first, state.square + context.first, weight);
  }

  template <class Writer>
  static constexpr void describe(Writer& writer) {
    writer << "Adam";
  }
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
