// Convolutions by hand, their shapes, and each of them against the layer contract.
#include <mica/layers/conv1d.hpp>
#include <mica/layers/conv2d.hpp>
#include <mica/layers/conv_transpose2d.hpp>
#include <mica/layers/depthwise_conv2d.hpp>
#include <mica/testing/check_layer.hpp>

#include <algorithm>
#include <initializer_list>
#include <string>
#include <type_traits>

#include <doctest/doctest.h>

#include "kept_contract.hpp"

using mica::Pad;
using mica::rectangle;
using mica::Same;
using mica::Shape;
using mica::Valid;

namespace {

template <class Layer, class Input, int batch = 3>
void expect_contract() {
  tests::expect_kept(mica::check_layer<Layer, Input, batch>());
}

template <class Layer, class Input, class Output>
constexpr bool gives = std::is_same_v<typename Layer::template On<Input>::Output, Output>;

template <class Layer>
std::string name_of() {
  mica::Text<99> text;
  Layer::describe(text);
  return text.c_str();
}

template <class Bench>
void set(Bench& bench, std::initializer_list<float> x, std::initializer_list<float> params,
         std::initializer_list<float> dy) {
  REQUIRE(x.size() == Bench::inputs);
  REQUIRE(params.size() == Bench::parameters);
  REQUIRE(dy.size() == Bench::outputs);
  std::copy(x.begin(), x.end(), bench.start_x.data());
  std::copy(params.begin(), params.end(), mica::testing::numbers_of<float>(bench.start_params));
  std::copy(dy.begin(), dy.end(), bench.start_dy.data());
}

void expect(std::initializer_list<float> expected, const float* got) {
  int i = 0;
  for (const float e : expected) {
    CAPTURE(i);
    CHECK(got[i++] == e);
  }
}

// One sample of a layer, forward and backward, against numbers worked out by hand.
template <class Layer, class Input>
void expect_by_hand(std::initializer_list<float> x, std::initializer_list<float> params, std::initializer_list<float> y,
                    std::initializer_list<float> dy, std::initializer_list<float> dx,
                    std::initializer_list<float> gradient) {
  static mica::testing::LayerBench<typename Layer::template On<Input>, 1> bench;
  set(bench, x, params, dy);
  bench.reset(1);
  bench.forward(bench.y.data());
  expect(y, bench.y.data());
  bench.backward(bench.x.data(), bench.y.data(), bench.dy.data(), bench.dx.data());
  expect(dx, bench.dx.data());
  expect(gradient, mica::testing::numbers_of<float>(*bench.gradient));
}

}  // namespace

TEST_CASE("Conv2d by hand: a 2x2 kernel over 2x3 pixels, two outputs") {
  // Weights [2][2][1][2]: the first output adds the window's corners 1 and 4, the second is the upper right pixel.
  expect_by_hand<mica::Conv2d<2, 2>, Shape<2, 3, 1>>({1, 2, 3, 4, 5, 6}, {1, 0, 0, 1, 0, 0, 1, 0, 0.5f, -1},  //
                                                     {6.5f, 1, 8.5f, 2}, {1, 10, 2, 20},                      //
                                                     {1, 12, 20, 0, 1, 2}, {5, 50, 8, 80, 14, 140, 17, 170, 3, 30});
}

TEST_CASE("Conv2d by hand: Same padding counts as zeros") {
  // A 3x3 kernel of ones over one pixel of 2x2.
  expect_by_hand<mica::Conv2d<1, 3, Same>, Shape<2, 2, 1>>({1, 2, 3, 4}, {1, 1, 1, 1, 1, 1, 1, 1, 1, 0},
                                                           {10, 10, 10, 10}, {1, 2, 3, 4}, {10, 10, 10, 10},
                                                           {4, 11, 6, 14, 30, 14, 6, 11, 4, 10});
}

TEST_CASE("DepthwiseConv2d by hand: two kernels per channel") {
  // Outputs 0 and 1 are made of channel 0, outputs 2 and 3 of channel 1; the kernel is one row of two pixels.
  expect_by_hand<mica::DepthwiseConv2d<rectangle(1, 2), Valid, 1, 1, 2>, Shape<1, 2, 2>>(
      {1, 2, 3, 4}, {1, 0, 2, 0, 0, 1, 0, 3, 0, 0, 0.5f, 1}, {1, 3, 4.5f, 13}, {1, 2, 3, 4},  //
      {1, 6, 2, 12}, {1, 2, 6, 8, 3, 6, 12, 16, 1, 2, 3, 4});
}

TEST_CASE("ConvTranspose2d by hand: every pixel paints the kernel, two apart") {
  // Weights [1][3][2 outputs][1 channel]; the output is 2 * (2 - 1) + 3 = 5 wide.
  expect_by_hand<mica::ConvTranspose2d<2, rectangle(1, 3), Valid, 2>, Shape<1, 2, 1>>(
      {1, 10}, {1, 0, 2, 1, 3, 0, 0.5f, 0},                                               //
      {1.5f, 0, 2.5f, 1, 13.5f, 0, 20.5f, 10, 30.5f, 0}, {1, 0, 0, 1, 1, 0, 0, 0, 0, 1},  //
      {5, 1}, {11, 0, 0, 1, 1, 10, 2, 2});
}

TEST_CASE("the shapes of convolutions") {
  using Image = Shape<9, 7, 2>;
  CHECK(gives<mica::Conv2d<5, 3>, Image, Shape<7, 5, 5>>);
  CHECK(gives<mica::Conv2d<5, 3, Same>, Image, Shape<9, 7, 5>>);
  CHECK(gives<mica::Conv2d<5, 3, Same, 2>, Image, Shape<5, 4, 5>>);
  CHECK(gives<mica::Conv2d<5, rectangle(3, 1), Valid, rectangle(1, 3)>, Image, Shape<7, 3, 5>>);
  CHECK(gives<mica::Conv2d<5, 3, Valid, 1, rectangle(2, 3)>, Image, Shape<5, 1, 5>>);
  CHECK(gives<mica::Conv2d<5, 3, Pad<0, 1, 2, 3>>, Image, Shape<8, 10, 5>>);
  CHECK(gives<mica::DepthwiseConv2d<3, Same, 2, 1, 3>, Image, Shape<5, 4, 6>>);
  CHECK(gives<mica::Conv1d<4, 3, Same, 2>, Shape<9, 2>, Shape<5, 4>>);
  CHECK(gives<mica::Conv1d<4, 3, Pad<2, 0>>, Shape<9, 2>, Shape<9, 4>>);
  CHECK(gives<mica::ConvTranspose2d<5, 3, Valid, 2>, Image, Shape<19, 15, 5>>);
  CHECK(gives<mica::ConvTranspose2d<5, 3, Pad<1>, 2, 1>, Image, Shape<18, 14, 5>>);
  CHECK(gives<mica::ConvTranspose2d<5, 3, Same, 2>, Image, Shape<18, 14, 5>>);
  CHECK(gives<mica::ConvTranspose2d<5, 2, Same, 3>, Image, Shape<27, 21, 5>>);
}

TEST_CASE("the fans, parameters and names of convolutions") {
  using Image = Shape<9, 7, 2>;
  using Full = mica::Conv2d<5, rectangle(3, 2)>::On<Image>;
  CHECK(Full::fan.in == 12);
  CHECK(Full::fan.out == 30);
  CHECK(mica::parameter_count<Full> == 65);
  using Depthwise = mica::DepthwiseConv2d<3, Same, 1, 1, 4>::On<Image>;
  CHECK(Depthwise::fan.in == 9);
  CHECK(Depthwise::fan.out == 36);
  CHECK(mica::parameter_count<Depthwise> == 80);
  using Line = mica::Conv1d<6, 5>::On<Shape<9, 3>>;
  CHECK(Line::fan.in == 15);
  CHECK(Line::fan.out == 30);
  CHECK(mica::parameter_count<Line> == 96);
  using Transposed = mica::ConvTranspose2d<5, 3>::On<Image>;
  CHECK(Transposed::fan.in == 18);
  CHECK(Transposed::fan.out == 45);
  CHECK(mica::parameter_count<Transposed> == 95);

  CHECK(name_of<mica::Conv2d<5, rectangle(3, 1), Pad<1, 0>, 2>>() ==
        "Conv2d<5, rectangle(3, 1), Pad<1, 0, 1, 1>, 2, 1>");
  CHECK(name_of<mica::DepthwiseConv2d<3, Same, 2, 1, 4>>() == "DepthwiseConv2d<3, Same, 2, 1, 4>");
  CHECK(name_of<mica::Conv1d<5, 3, Valid, 2>>() == "Conv1d<5, 3, Valid, 2, 1>");
  CHECK(name_of<mica::ConvTranspose2d<5, 3, Same, 2>>() == "ConvTranspose2d<5, 3, Same, 2, 0, 1>");
}

TEST_CASE("Conv2d keeps the contract") {
  expect_contract<mica::Conv2d<1, 1>, Shape<1, 1, 1>, 1>();
  expect_contract<mica::Conv2d<5, 3>, Shape<7, 5, 2>>();
  expect_contract<mica::Conv2d<9, 3, Same>, Shape<5, 6, 3>>();
  expect_contract<mica::Conv2d<3, 3, Same, 2>, Shape<7, 6, 9>>();
  expect_contract<mica::Conv2d<4, rectangle(2, 3), Valid, rectangle(2, 1), rectangle(1, 2)>, Shape<6, 8, 2>>();
  expect_contract<mica::Conv2d<3, 3, Pad<2, 0, 1, 3>, 2, 2>, Shape<6, 7, 2>>();
  expect_contract<mica::Conv2d<17, 1>, Shape<3, 4, 5>, 4>();
  expect_contract<mica::Conv2d<3, 1, Same, 2>, Shape<5, 4, 3>>();
  expect_contract<mica::Conv2d<2, 3, Pad<5>, 4>, Shape<2, 3, 1>>();
  // The first window, and the only one, lies outside the image.
  expect_contract<mica::Conv2d<2, 1, Pad<0, 0, 5, 0>, 10>, Shape<1, 2, 3>>();
}

TEST_CASE("DepthwiseConv2d keeps the contract") {
  expect_contract<mica::DepthwiseConv2d<1>, Shape<1, 1, 1>, 1>();
  expect_contract<mica::DepthwiseConv2d<3, Same>, Shape<6, 7, 9>>();
  expect_contract<mica::DepthwiseConv2d<3, Same, 2>, Shape<7, 6, 5>>();
  expect_contract<mica::DepthwiseConv2d<5, Pad<1, 2, 3, 0>, rectangle(1, 3)>, Shape<5, 7, 2>>();
  expect_contract<mica::DepthwiseConv2d<3, Same, rectangle(2, 3), 2>, Shape<8, 9, 3>>();
  expect_contract<mica::DepthwiseConv2d<3, Same, 1, 1, 3>, Shape<4, 5, 3>>();
  expect_contract<mica::DepthwiseConv2d<rectangle(2, 3), Valid, 2, 1, 8>, Shape<5, 6, 2>>();
  expect_contract<mica::DepthwiseConv2d<2, Valid, 3>, Shape<8, 8, 2>>();
}

TEST_CASE("Conv1d keeps the contract") {
  expect_contract<mica::Conv1d<1, 1>, Shape<1, 1>, 1>();
  expect_contract<mica::Conv1d<5, 3>, Shape<9, 4>>();
  expect_contract<mica::Conv1d<9, 4, Same, 2>, Shape<11, 3>>();
  expect_contract<mica::Conv1d<3, 3, Pad<4, 0>, 1, 2>, Shape<8, 5>>();
  expect_contract<mica::Conv1d<17, 5, Pad<1, 2>, 3>, Shape<13, 2>>();
}

TEST_CASE("ConvTranspose2d keeps the contract") {
  expect_contract<mica::ConvTranspose2d<1, 1>, Shape<1, 1, 1>, 1>();
  expect_contract<mica::ConvTranspose2d<5, 3, Valid, 2>, Shape<3, 4, 2>>();
  expect_contract<mica::ConvTranspose2d<9, 3, Pad<1>, 2, 1>, Shape<4, 3, 3>>();
  expect_contract<mica::ConvTranspose2d<2, 4, Same, 2>, Shape<3, 5, 9>>();
  expect_contract<mica::ConvTranspose2d<3, rectangle(2, 3), Pad<0, 1, 2, 0>, rectangle(1, 2), 0, rectangle(2, 1)>,
                  Shape<5, 4, 2>>();
  expect_contract<mica::ConvTranspose2d<2, 2, Same, 3>, Shape<3, 2, 2>>();
  expect_contract<mica::ConvTranspose2d<17, 1>, Shape<3, 3, 4>>();
}
