#pragma once

#include "output_layer.hpp"

namespace mica::models {

// 784-256-128-10 with batch normalisation and dropout.
struct MlpBn {
  static constexpr const char* name = "mlp_bn";
  static constexpr const char* summary = "784-256-128-10, BatchNorm, ReLU, Dropout";
  using Net = Sequential<Input<28, 28, 1>, Dense<256>, BatchNorm<>, ReLU, Dropout<1, 5>, Dense<128>, BatchNorm<>, ReLU,
                         OutputLayer<10>>;
  using Loss = SoftmaxCrossEntropy;
  using Optimizer = SGDMomentum;
  static constexpr int batch = 64;
  static constexpr int epochs = 5;
  static constexpr Optimizer optimizer{0.01f, 0.9f};
};

}  // namespace mica::models
