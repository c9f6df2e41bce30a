// Convolutions and pools of the reference models: alone, and as the models run them, with ReLU and pool in one.
#pragma once

#include "layer_case.hpp"

namespace benchmarks {

template <class Measure>
void measure_convolutions(Measure& measure, Memory memory) {
  using mica::Conv2d, mica::DepthwiseConv2d, mica::MaxPool2d, mica::AvgPool2d, mica::ReLU, mica::Same, mica::Shape;
  constexpr int batch = 8;
  using CnnFirst = Shape<28, 28, 1>;
  using CnnSecond = Shape<14, 14, 8>;
  using LenetSecond = Shape<14, 14, 6>;
  using Speech = Shape<25, 5, 64>;

  const auto alone = [&](auto* layer, const char* kernel, const char* model, const char* shape, double steps) {
    measure_layer<std::remove_pointer_t<decltype(layer)>, batch>(measure, memory, kernel, model, shape, steps);
  };
  using C1 = Conv2d<8, 3, Same>::On<CnnFirst, float>;
  using C2 = Conv2d<16, 3, Same>::On<CnnSecond, float>;
  using L1 = Conv2d<6, 5, Same>::On<CnnFirst, float>;
  using L2 = Conv2d<16, 5>::On<LenetSecond, float>;
  using D = DepthwiseConv2d<3, Same>::On<Speech, float>;
  using Pointwise = Conv2d<64, 1>::On<Speech, float>;
  constexpr double c1 = 28 * 28 * 9 * 8, c2 = 14 * 14 * 72 * 16, l1 = 28 * 28 * 25 * 6, l2 = 100 * 150 * 16;
  alone(static_cast<C1*>(nullptr), "convolution", "cnn", "28x28x1-8-3x3", c1);
  alone(static_cast<C2*>(nullptr), "convolution", "cnn", "14x14x8-16-3x3", c2);
  alone(static_cast<L1*>(nullptr), "convolution", "lenet5", "28x28x1-6-5x5", l1);
  alone(static_cast<L2*>(nullptr), "convolution", "lenet5", "14x14x6-16-5x5", l2);
  alone(static_cast<Pointwise*>(nullptr), "convolution", "dscnn", "25x5x64-64-1x1", 125 * 64 * 64);
  alone(static_cast<D*>(nullptr), "depthwise", "dscnn", "25x5x64-3x3", 125 * 64 * 9);

  using C1Block = mica::Chain<float, CnnFirst, Conv2d<8, 3, Same>, ReLU, MaxPool2d<2>>;
  using C2Block = mica::Chain<float, CnnSecond, Conv2d<16, 3, Same>, ReLU, MaxPool2d<2>>;
  using L1Block = mica::Chain<float, CnnFirst, Conv2d<6, 5, Same>, ReLU, MaxPool2d<2>>;
  using L2Block = mica::Chain<float, LenetSecond, Conv2d<16, 5>, ReLU, MaxPool2d<2>>;
  alone(static_cast<C1Block*>(nullptr), "convolution_pooled", "cnn", "28x28x1-8-3x3", c1);
  alone(static_cast<C2Block*>(nullptr), "convolution_pooled", "cnn", "14x14x8-16-3x3", c2);
  alone(static_cast<L1Block*>(nullptr), "convolution_pooled", "lenet5", "28x28x1-6-5x5", l1);
  alone(static_cast<L2Block*>(nullptr), "convolution_pooled", "lenet5", "14x14x6-16-5x5", l2);

  using Pool = MaxPool2d<2>::On<Shape<28, 28, 8>, float>;
  using Average = AvgPool2d<2>::On<Shape<28, 28, 8>, float>;
  using Global = mica::GlobalAvgPool::On<Speech, float>;
  alone(static_cast<Pool*>(nullptr), "max_pool", "cnn", "28x28x8-2x2", 0);
  alone(static_cast<Average*>(nullptr), "average_pool", "cnn", "28x28x8-2x2", 0);
  alone(static_cast<Global*>(nullptr), "global_average_pool", "dscnn", "25x5x64", 0);
}

}  // namespace benchmarks
