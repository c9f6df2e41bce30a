#pragma once

#include "output_layer.hpp"

namespace mica::models {

// LeNet-5 with ReLU and max pooling.
struct Lenet5 {
  static constexpr const char* name = "lenet5";
  static constexpr const char* summary = "two 5x5 convolutions, max pooling, three Dense layers";
  using Net = Sequential<Input<28, 28, 1>, Conv2d<6, 5, Same>, ReLU, MaxPool2d<2>, Conv2d<16, 5>, ReLU, MaxPool2d<2>,
                         Dense<120>, ReLU, Dense<84>, ReLU, OutputLayer<10>>;
  using Loss = SoftmaxCrossEntropy;
  using Optimizer = SGDMomentum;
  static constexpr int batch = 32;
  static constexpr int epochs = 5;
  static constexpr Optimizer optimizer{0.01f, 0.9f};
};

}  // namespace mica::models
