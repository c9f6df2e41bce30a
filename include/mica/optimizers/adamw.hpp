#pragma once

#include <mica/optimizers/moments.hpp>
#include <mica/optimizers/optimizer.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// AdamW: Adam with weight decay beside the gradient, so that it is not divided by the gradient's size.
//   w = (1 - rate weight_decay) w, and then Adam's step without weight decay
// Biases and the scales and shifts of norms do not decay unless decay_biases is set (PyTorch decays what it is given).
// Gradients, averages (of squares too) and weights smaller than 2^-100 become 0: epsilon must be positive.
// Memory: 8 bytes per parameter. Paper: Loshchilov, Hutter, 2017, arXiv:1711.05101.
struct AdamW {
  float learning_rate = 0.001f;
  float beta1 = 0.9f;
  float beta2 = 0.999f;
  float epsilon = 1e-8f;
  float weight_decay = 0.01f;
  bool decay_biases = false;

  template <int count>
  struct State {
    float mean[count];
    float square[count];
  };

  template <class State>
  void update(int count, float rate, float* gradient, State& state, float* weight, UpdateContext context) const {
    auto step = adam_step(rate, beta1, beta2, epsilon, context.step);
    if (context.decays) step.keep = 1 - rate * weight_decay;
    kernels::adam(count, step, gradient, state.mean + context.first, state.square + context.first, weight);
  }

  template <class Writer>
  static constexpr void describe(Writer& writer) {
    writer << "AdamW";
  }
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
