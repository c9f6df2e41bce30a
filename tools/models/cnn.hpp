#pragma once

#include "output_layer.hpp"

namespace mica::models {

// Two convolutions and one Dense layer.
struct Cnn {
  static constexpr const char* name = "cnn";
  static constexpr const char* summary = "two 3x3 convolutions, max pooling, Dense";
  using Net = Sequential<Input<28, 28, 1>, Conv2d<8, 3, Same>, ReLU, MaxPool2d<2>, Conv2d<16, 3, Same>, ReLU,
                         MaxPool2d<2>, OutputLayer<10>>;
  using Loss = SoftmaxCrossEntropy;
  using Optimizer = SGDMomentum;
  static constexpr int batch = 32;
  static constexpr int epochs = 5;
  static constexpr Optimizer optimizer{0.01f, 0.9f};
};

}  // namespace mica::models
