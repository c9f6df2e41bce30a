#pragma once

#include <mica/optimizers/moments.hpp>
#include <mica/optimizers/optimizer.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// Nadam: Adam with Nesterov's look ahead.
//   g = g + weight_decay w,  m = beta1 m + (1 - beta1) g,  v = beta2 v + (1 - beta2) g^2
//   mu_t = beta1 (1 - 0.96^(0.004 t) / 2),  M_t = mu_1 mu_2 ... mu_t        t counts steps from 1
//   w = w - rate (mu_(t+1) / (1 - M_(t+1)) m + (1 - mu_t) / (1 - M_t) g) / (sqrt(v / (1 - beta2^t)) + epsilon)
// Gradients, averages (of squares too) and weights smaller than 2^-100 become 0: epsilon must be positive.
// Memory: 8 bytes per parameter. Paper: Dozat, ICLR workshop 2016, openreview.net OM0jvwB8jIp57ZJjtNEZ.
struct Nadam {
  float learning_rate = 0.002f;
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
    auto step = nadam_step(rate, beta1, beta2, epsilon, context.step);
    step.weight_decay = context.decays ? weight_decay : 0;
    kernels::nadam(count, step, gradient, state.mean + context.first, state.square + context.first, weight);
  }

  template <class Writer>
  static constexpr void describe(Writer& writer) {
    writer << "Nadam";
  }
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
