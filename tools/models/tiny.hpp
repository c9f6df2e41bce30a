#pragma once

#include "output_layer.hpp"

namespace mica::models {

// 64-32-10 on 8x8 digits, for the smallest board.
struct Tiny {
  static constexpr const char* name = "tiny";
  static constexpr const char* summary = "64-32-10 on 8x8 digits, ReLU";
  using Net = Sequential<Input<8, 8, 1>, Dense<32>, ReLU, OutputLayer<10>>;
  using Loss = SoftmaxCrossEntropy;
  using Optimizer = SGD;
  static constexpr int batch = 8;
  static constexpr int epochs = 10;
  static constexpr Optimizer optimizer{0.03f};
};

}  // namespace mica::models
