#pragma once

#include <type_traits>
#include <utility>

#include "output_layer.hpp"

namespace mica::models {

// Layer i of a chain that takes turns between Dense<width> and ReLU and ends, at `last`, in the outputs.
template <int i, int last, int width, int outputs>
struct AlternatingLayer {
  using Type = std::conditional_t<i % 2 == 0, Dense<width>, ReLU>;
};
template <int last, int width, int outputs>
struct AlternatingLayer<last, last, width, outputs> {
  using Type = OutputLayer<outputs>;
};
template <class First, int width, int outputs, class Indices>
struct DeepNetwork;
template <class First, int width, int outputs, int... i>
struct DeepNetwork<First, width, outputs, std::integer_sequence<int, i...>> {
  using Type = Sequential<First, typename AlternatingLayer<i, sizeof...(i) - 1, width, outputs>::Type...>;
};

// 50 Dense layers: 49 of 100 units with ReLU, and the outputs. At a rate of 0.01 the units of a net this deep die within
// a few epochs (10 % test accuracy); at 0.001 it learns.
struct Deep50 {
  static constexpr const char* name = "deep50";
  static constexpr const char* summary = "50 Dense layers 100 wide, ReLU";
  static constexpr int layers = 2 * 50 - 1;
  using Net = DeepNetwork<Input<28, 28, 1>, 100, 10, std::make_integer_sequence<int, layers>>::Type;
  using Loss = SoftmaxCrossEntropy;
  using Optimizer = SGDMomentum;
  static constexpr int batch = 100;
  static constexpr int epochs = 10;
  static constexpr Optimizer optimizer{0.001f, 0.9f};
};

}  // namespace mica::models
