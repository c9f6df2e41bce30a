// Networks of PyTorch's: their tensors and their answers.
// Written by tools/golden/generate.py with PyTorch 1.13.0 in double.
#pragma once

#include <cstdint>
#include <mica/mica.hpp>
#include <tests/golden/draw.hpp>

namespace golden {

using namespace mica;

// A tensor as PyTorch has it: multiples of 2^-16 around the offset, drawn from the stream of its place.
struct TensorLine {
  const char* name;
  int rank;
  int shape[4];
  float offset;
};

struct Image {
  using Net = Sequential<Input<6, 5, 2>, Conv2d<3, 3, Same>, BatchNorm<>, ReLU, MaxPool2d<2, 2, DropBorder>, Dense<4>>;
  static constexpr std::uint32_t seed = 900;
  static constexpr int batch = 2;
  static constexpr bool words = false;
  static constexpr TensorLine tensors[] = {{"0.weight", 4, {3, 2, 3, 3}, 0.0f}, {"0.bias", 1, {3}, 0.0f}, {"1.weight", 1, {3}, 0.0f}, {"1.bias", 1, {3}, 0.0f}, {"1.running_mean", 1, {3}, 0.0f}, {"1.running_var", 1, {3}, 1.5f}, {"1.num_batches_tracked", 0, {0}, 9.0f}, {"5.weight", 2, {4, 18}, 0.0f}, {"5.bias", 1, {4}, 0.0f}};
  static constexpr float y[] = {1.02756474f, 0.760340289f, -0.455220423f, 0.168872895f, 0.858229366f, 0.713854361f, -0.469291674f, 0.645537116f};
};
struct FlattenedImage {
  using Net = Sequential<Input<3, 4, 2>, LayerNorm<>, Flatten, BatchNorm<>, PReLU, LayerNorm<>, Dense<3>>;
  static constexpr std::uint32_t seed = 901;
  static constexpr int batch = 2;
  static constexpr bool words = false;
  static constexpr TensorLine tensors[] = {{"0.weight", 3, {2, 3, 4}, 0.0f}, {"0.bias", 3, {2, 3, 4}, 0.0f}, {"2.weight", 1, {24}, 0.0f}, {"2.bias", 1, {24}, 0.0f}, {"2.running_mean", 1, {24}, 0.0f}, {"2.running_var", 1, {24}, 1.5f}, {"2.num_batches_tracked", 0, {0}, 9.0f}, {"3.weight", 1, {24}, 0.0f}, {"4.weight", 1, {24}, 0.0f}, {"4.bias", 1, {24}, 0.0f}, {"5.weight", 2, {3, 24}, 0.0f}, {"5.bias", 1, {3}, 0.0f}};
  static constexpr float y[] = {-0.0451369166f, 0.948574246f, -0.215234463f, 0.0485627081f, 0.936564554f, -0.131496487f};
};
struct LargerImage {
  using Net = Sequential<Input<3, 2, 2>, DepthwiseConv2d<3, Same, 1, 1, 2>, GroupNorm<2>, ConvTranspose2d<3, rectangle(2, 3), Valid, 2>, InstanceNorm, PReLU, Dense<2>>;
  static constexpr std::uint32_t seed = 902;
  static constexpr int batch = 2;
  static constexpr bool words = false;
  static constexpr TensorLine tensors[] = {{"0.weight", 4, {4, 1, 3, 3}, 0.0f}, {"0.bias", 1, {4}, 0.0f}, {"1.weight", 1, {4}, 0.0f}, {"1.bias", 1, {4}, 0.0f}, {"2.weight", 4, {4, 3, 2, 3}, 0.0f}, {"2.bias", 1, {3}, 0.0f}, {"3.weight", 1, {3}, 0.0f}, {"3.bias", 1, {3}, 0.0f}, {"4.weight", 1, {3}, 0.0f}, {"6.weight", 2, {2, 90}, 0.0f}, {"6.bias", 1, {2}, 0.0f}};
  static constexpr float y[] = {-0.497452366f, -0.131367181f, -0.0580199146f, -0.662921416f};
};
struct Paths {
  using Net = Sequential<Input<4, 3, 2>, Residual<Shortcut<Conv2d<4, 1>>, Conv2d<4, 3, Same>, BatchNorm<>, ReLU>, Concat<Branch<Conv2d<2, 1>, ReLU>, Branch<>>, GlobalAvgPool, Dense<3>>;
  static constexpr std::uint32_t seed = 903;
  static constexpr int batch = 2;
  static constexpr bool words = false;
  static constexpr TensorLine tensors[] = {{"0.0.0.weight", 4, {4, 2, 3, 3}, 0.0f}, {"0.0.0.bias", 1, {4}, 0.0f}, {"0.0.1.weight", 1, {4}, 0.0f}, {"0.0.1.bias", 1, {4}, 0.0f}, {"0.0.1.running_mean", 1, {4}, 0.0f}, {"0.0.1.running_var", 1, {4}, 1.5f}, {"0.0.1.num_batches_tracked", 0, {0}, 9.0f}, {"0.1.0.weight", 4, {4, 2, 1, 1}, 0.0f}, {"0.1.0.bias", 1, {4}, 0.0f}, {"1.0.0.weight", 4, {2, 4, 1, 1}, 0.0f}, {"1.0.0.bias", 1, {2}, 0.0f}, {"4.weight", 2, {3, 6}, 0.0f}, {"4.bias", 1, {3}, 0.0f}};
  static constexpr float y[] = {0.19824452f, 0.164713446f, -0.18081756f, 0.104798965f, 0.133537856f, -0.255455298f};
};
struct Length {
  using Net = Sequential<Input<9, 2>, Conv1d<3, 3>, BatchNorm<>, ReLU, MaxPool1d<2, 2, DropBorder>, Dense<2>>;
  static constexpr std::uint32_t seed = 904;
  static constexpr int batch = 2;
  static constexpr bool words = false;
  static constexpr TensorLine tensors[] = {{"0.weight", 3, {3, 2, 3}, 0.0f}, {"0.bias", 1, {3}, 0.0f}, {"1.weight", 1, {3}, 0.0f}, {"1.bias", 1, {3}, 0.0f}, {"1.running_mean", 1, {3}, 0.0f}, {"1.running_var", 1, {3}, 1.5f}, {"1.num_batches_tracked", 0, {0}, 9.0f}, {"5.weight", 2, {2, 9}, 0.0f}, {"5.bias", 1, {2}, 0.0f}};
  static constexpr float y[] = {0.478831146f, -0.928901265f, 0.216249206f, -0.640778026f};
};
struct Gated {
  using Net = Sequential<Input<7, 3>, GRU<4>, Dense<3>>;
  static constexpr std::uint32_t seed = 905;
  static constexpr int batch = 2;
  static constexpr bool words = false;
  static constexpr TensorLine tensors[] = {{"0.weight_ih_l0", 2, {12, 3}, 0.0f}, {"0.weight_hh_l0", 2, {12, 4}, 0.0f}, {"0.bias_ih_l0", 1, {12}, 0.0f}, {"0.bias_hh_l0", 1, {12}, 0.0f}, {"1.weight", 2, {3, 4}, 0.0f}, {"1.bias", 1, {3}, 0.0f}};
  static constexpr float y[] = {0.305012107f, -0.23618675f, 0.0261123497f, 0.299402709f, -0.204222834f, 0.0393344269f};
};
struct Memory {
  using Net = Sequential<Input<5, 3>, LSTM<2, FullSequence>, Dense<2>>;
  static constexpr std::uint32_t seed = 906;
  static constexpr int batch = 2;
  static constexpr bool words = false;
  static constexpr TensorLine tensors[] = {{"0.weight_ih_l0", 2, {8, 3}, 0.0f}, {"0.weight_hh_l0", 2, {8, 2}, 0.0f}, {"0.bias_ih_l0", 1, {8}, 0.0f}, {"0.bias_hh_l0", 1, {8}, 0.0f}, {"2.weight", 2, {2, 10}, 0.0f}, {"2.bias", 1, {2}, 0.0f}};
  static constexpr float y[] = {0.248823277f, -0.636636301f, 0.0903744483f, -0.475548267f};
};
struct Recurrent {
  using Net = Sequential<Input<6, 2>, SimpleRNN<5>>;
  static constexpr std::uint32_t seed = 907;
  static constexpr int batch = 2;
  static constexpr bool words = false;
  static constexpr TensorLine tensors[] = {{"0.weight_ih_l0", 2, {5, 2}, 0.0f}, {"0.weight_hh_l0", 2, {5, 5}, 0.0f}, {"0.bias_ih_l0", 1, {5}, 0.0f}, {"0.bias_hh_l0", 1, {5}, 0.0f}};
  static constexpr float y[] = {-0.556311888f, 0.614480266f, 0.891104213f, -0.714488822f, 0.553154464f, 0.134806873f, 0.475691223f, 0.257851202f, -0.577154142f, 0.0224501109f};
};
struct Words {
  using Net = Sequential<Input<5>, Embedding<9, 4>, SelfAttention<2>, LayerNorm<1>, Dense<2>>;
  static constexpr std::uint32_t seed = 908;
  static constexpr int batch = 2;
  static constexpr bool words = true;
  static constexpr TensorLine tensors[] = {{"0.weight", 2, {9, 4}, 0.0f}, {"1.in_proj_weight", 2, {12, 4}, 0.0f}, {"1.in_proj_bias", 1, {12}, 0.0f}, {"1.out_proj.weight", 2, {4, 4}, 0.0f}, {"1.out_proj.bias", 1, {4}, 0.0f}, {"2.weight", 1, {4}, 0.0f}, {"2.bias", 1, {4}, 0.0f}, {"4.weight", 2, {2, 20}, 0.0f}, {"4.bias", 1, {2}, 0.0f}};
  static constexpr float y[] = {-0.299587078f, -1.19082547f, -0.31202796f, -1.18504129f};
};
using ExchangeCases = Cases<Image, FlattenedImage, LargerImage, Paths, Length, Gated, Memory, Recurrent, Words>;

}  // namespace golden
