#pragma once

#include "output_layer.hpp"

namespace mica::models {

// The network of MLPerf Tiny for keyword spotting: a convolution, four depthwise separable ones, the mean over time and
// bands. Paper: Zhang, Suda, Lai, Chandra, "Hello edge: keyword spotting on microcontrollers", arXiv:1711.07128.
struct Dscnn {
  static constexpr const char* name = "dscnn";
  static constexpr const char* summary = "a convolution and four depthwise separable ones";
  using Net = Sequential<Input<49, 10, 1>, Conv2d<64, rectangle(10, 4), Same, 2>, BatchNorm<>, ReLU, Dropout<1, 5>,  //
                         DepthwiseConv2d<3, Same>, BatchNorm<>, ReLU, Conv2d<64, 1>, BatchNorm<>, ReLU,              //
                         DepthwiseConv2d<3, Same>, BatchNorm<>, ReLU, Conv2d<64, 1>, BatchNorm<>, ReLU,              //
                         DepthwiseConv2d<3, Same>, BatchNorm<>, ReLU, Conv2d<64, 1>, BatchNorm<>, ReLU,              //
                         DepthwiseConv2d<3, Same>, BatchNorm<>, ReLU, Conv2d<64, 1>, BatchNorm<>, ReLU,              //
                         Dropout<2, 5>, GlobalAvgPool, OutputLayer<12>>;
  using Loss = SoftmaxCrossEntropy;
  using Optimizer = Adam;
  static constexpr int batch = 32;
  static constexpr int epochs = 8;
  static constexpr Optimizer optimizer{0.002f};
};

}  // namespace mica::models
