#pragma once

#include "output_layer.hpp"

namespace mica::models {

// 784-128-10.
struct Mlp {
  static constexpr const char* name = "mlp";
  static constexpr const char* summary = "784-128-10, ReLU";
  using Net = Sequential<Input<28, 28, 1>, Dense<128>, ReLU, OutputLayer<10>>;
  using Loss = SoftmaxCrossEntropy;
  using Optimizer = SGDMomentum;
  static constexpr int batch = 32;
  static constexpr int epochs = 5;
  static constexpr Optimizer optimizer{0.01f, 0.9f};
};

}  // namespace mica::models
