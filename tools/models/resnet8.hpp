#pragma once

#include "output_layer.hpp"

namespace mica::models {

// The network of MLPerf Tiny for image classification: a convolution and three residual blocks of two.
// Paper: Banbury et al., "MLPerf Tiny benchmark", arXiv:2106.07597.
struct Resnet8 {
  static constexpr const char* name = "resnet8";
  static constexpr const char* summary = "a convolution and three residual blocks of two";
  // Where the block makes the image smaller, a convolution of one pixel goes around it.
  template <int channels>
  using Halving = Residual<Shortcut<Conv2d<channels, 1, Same, 2>>, Conv2d<channels, 3, Same, 2>, BatchNorm<>, ReLU,
                           Conv2d<channels, 3, Same>, BatchNorm<>>;
  using Net = Sequential<Input<32, 32, 3>, Conv2d<16, 3, Same>, BatchNorm<>, ReLU,
                         Residual<Conv2d<16, 3, Same>, BatchNorm<>, ReLU, Conv2d<16, 3, Same>, BatchNorm<>>, ReLU,
                         Halving<32>, ReLU, Halving<64>, ReLU, GlobalAvgPool, OutputLayer<10>>;
  using Loss = SoftmaxCrossEntropy;
  using Optimizer = Adam;
  static constexpr int batch = 32;
  static constexpr int epochs = 9;
  static constexpr int halve_every = 3;  // epochs: see RateSchedule
  static constexpr Optimizer optimizer{0.004f};
};

}  // namespace mica::models
