#pragma once

#include "output_layer.hpp"

namespace mica::models {

// 32 gated recurrent units over the samples of six sensor axes; the last state is classified.
struct Gru {
  static constexpr const char* name = "gru";
  static constexpr const char* summary = "32 gated recurrent units over 128 samples of 6 axes";
  using Net = Sequential<Input<128, 6>, GRU<32>, OutputLayer<6>>;
  using Loss = SoftmaxCrossEntropy;
  using Optimizer = Adam;
  static constexpr int batch = 32;
  static constexpr int epochs = 20;
  static constexpr Optimizer optimizer{0.003f};
};

}  // namespace mica::models
