#pragma once

#include <mica/kernels.hpp>
#include <mica/namespace.hpp>
#include <mica/optimizers/optimizer.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// SGD: stochastic gradient descent without memory.
//   w = w - rate (g + weight_decay w)
// Weights smaller than 2^-100 become 0. Memory: none. Paper: Robbins, Monro, 1951, doi:10.1214/aoms/1177729586.
struct SGD {
  float learning_rate = 0.01f;
  float weight_decay = 0;
  bool decay_biases = true;

  template <int count>
  struct State {};

  template <class State>
  void update(int count, float rate, float* gradient, State&, float* weight, UpdateContext context = {}) const {
    kernels::sgd(count, rate, context.decays ? weight_decay : 0.0f, gradient, weight);
  }
  template <class State>
  void update_outer(int rows, int columns, float rate, const float* column, const float* row, State&, float* weight,
                    UpdateContext) const {
    kernels::sgd_outer(rows, columns, column, row, rate, weight_decay, weight);
  }

  template <class Writer>
  static constexpr void describe(Writer& writer) {
    writer << "SGD";
  }
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
