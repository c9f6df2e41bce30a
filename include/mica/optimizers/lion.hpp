#pragma once

#include <mica/kernels/updates.hpp>
#include <mica/optimizers/optimizer.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// Lion: only the sign of an average of gradients counts, so every weight moves by the same distance.
//   c = beta1 m + (1 - beta1) g,  w = (1 - rate weight_decay) w - rate sign(c),  m = beta2 m + (1 - beta2) g
// Its rate is 3 to 10 times smaller than Adam's, its weight decay as much larger. Biases and the scales and shifts of
// norms do not decay unless decay_biases is set. Averages and weights smaller than 2^-100 become 0, and so does c.
// Memory: 4 bytes per parameter. Paper: Chen et al., 2023, arXiv:2302.06675.
struct Lion {
  float learning_rate = 0.0001f;
  float beta1 = 0.9f;
  float beta2 = 0.99f;
  float weight_decay = 0;
  bool decay_biases = false;

  template <int count>
  struct State {
    float mean[count];
  };

  template <class State>
  void update(int count, float rate, float* gradient, State& state, float* weight, UpdateContext context) const {
    const float keep = context.decays ? 1 - rate * weight_decay : 1.0f;
    kernels::lion(count, rate, keep, beta1, beta2, gradient, state.mean + context.first, weight);
  }

  template <class Writer>
  static constexpr void describe(Writer& writer) {
    writer << "Lion";
  }
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
