// Pools and what moves pixels about: by hand, their shapes, and each of them against the layer contract.
#include <mica/layers/avg_pool1d.hpp>
#include <mica/layers/avg_pool2d.hpp>
#include <mica/layers/conv2d.hpp>
#include <mica/layers/dense.hpp>
#include <mica/layers/flatten.hpp>
#include <mica/layers/global_avg_pool.hpp>
#include <mica/layers/max_pool1d.hpp>
#include <mica/layers/max_pool2d.hpp>
#include <mica/layers/relu.hpp>
#include <mica/layers/reshape.hpp>
#include <mica/layers/select_channels.hpp>
#include <mica/layers/upsample2d.hpp>
#include <mica/layers/zero_pad2d.hpp>
#include <mica/sequential.hpp>
#include <mica/testing/check_layer.hpp>

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <string>
#include <type_traits>

#include <doctest/doctest.h>

#include "kept_contract.hpp"

using mica::DropBorder;
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

bool same(float a, float b) { return a == b || (std::isnan(a) && std::isnan(b)); }

void expect(std::initializer_list<float> expected, const float* got) {
  int i = 0;
  for (const float e : expected) {
    CAPTURE(i);
    CAPTURE(e);
    CAPTURE(got[i]);
    CHECK(same(got[i], e));
    ++i;
  }
}

// One sample of a layer without parameters, forward and backward, against numbers worked out by hand.
template <class Layer, class Input>
void expect_by_hand(std::initializer_list<float> x, std::initializer_list<float> y, std::initializer_list<float> dy,
                    std::initializer_list<float> dx) {
  using Bench = mica::testing::LayerBench<typename Layer::template On<Input>, 1>;
  static Bench bench;
  REQUIRE(x.size() == Bench::inputs);
  REQUIRE(dy.size() == Bench::outputs);
  std::copy(x.begin(), x.end(), bench.start_x.data());
  std::copy(dy.begin(), dy.end(), bench.start_dy.data());
  bench.reset(1);
  bench.forward(bench.y.data());
  expect(y, bench.y.data());
  bench.backward(bench.x.data(), bench.y.data(), bench.dy.data(), bench.dx.data());
  expect(dx, bench.dx.data());
}

}  // namespace

TEST_CASE("MaxPool2d by hand") {
  expect_by_hand<mica::MaxPool2d<2>, Shape<2, 4, 1>>({1, 5, -3, -4, 2, 3, -1, -2}, {5, -1}, {10, 20},
                                                     {0, 10, 0, 0, 0, 0, 20, 0});
}

TEST_CASE("equal numbers: the first takes the gradient") {
  expect_by_hand<mica::MaxPool2d<2>, Shape<2, 2, 2>>({7, 0, 7, 1, 7, 1, 7, 1}, {7, 1}, {1, 2},
                                                     {1, 0, 0, 2, 0, 0, 0, 0});
}

TEST_CASE("overlapping windows add up") {
  // The middle of a row of three is the largest of both windows.
  expect_by_hand<mica::MaxPool2d<rectangle(1, 2), 1>, Shape<1, 3, 1>>({1, 9, 2}, {9, 9}, {3, 4}, {0, 7, 0});
  expect_by_hand<mica::AvgPool2d<rectangle(1, 2), 1>, Shape<1, 3, 1>>({1, 9, 2}, {5, 5.5f}, {4, 6}, {2, 5, 3});
}

TEST_CASE("padding takes no part in a pool") {
  expect_by_hand<mica::MaxPool2d<3, 1, Same>, Shape<2, 2, 1>>({-1, -2, -3, -4}, {-1, -1, -1, -1}, {1, 2, 3, 4},
                                                              {10, 0, 0, 0});
  expect_by_hand<mica::AvgPool2d<3, 1, Same>, Shape<2, 2, 1>>({1, 2, 3, 6}, {3, 3, 3, 3}, {4, 4, 4, 4}, {4, 4, 4, 4});
}

TEST_CASE("a NaN comes out of every window that it is in, wherever it lies") {
  const float nan = NAN, inf = HUGE_VALF;
  for (int place = 0; place < 4; ++place) {
    float x[] = {1, 2, 3, 4};
    x[place] = nan;
    expect_by_hand<mica::MaxPool2d<2>, Shape<2, 2, 1>>({x[0], x[1], x[2], x[3]}, {nan}, {5}, {5, 0, 0, 0});
  }
  expect_by_hand<mica::MaxPool2d<2>, Shape<2, 2, 2>>({-inf, 1, inf, nan, 0, 2, 0, inf}, {inf, nan}, {5, 6},
                                                     {0, 6, 5, 0, 0, 0, 0, 0});
  expect_by_hand<mica::MaxPool2d<2>, Shape<2, 2, 1>>({-inf, -inf, -inf, -inf}, {-inf}, {5}, {5, 0, 0, 0});
  expect_by_hand<mica::AvgPool2d<2>, Shape<2, 2, 1>>({1, nan, 3, 4}, {nan}, {4}, {1, 1, 1, 1});
}

TEST_CASE("what DropBorder leaves out gets no gradient") {
  expect_by_hand<mica::MaxPool1d<2, 2, DropBorder>, Shape<5, 1>>({1, 2, 4, 3, 9}, {2, 4}, {1, 1}, {0, 1, 1, 0, 0});
  expect_by_hand<mica::AvgPool1d<2, 2, DropBorder>, Shape<5, 1>>({1, 2, 4, 3, 9}, {1.5f, 3.5f}, {2, 4},
                                                                 {1, 1, 2, 2, 0});
}

TEST_CASE("GlobalAvgPool, Upsample2d, ZeroPad2d and Flatten by hand") {
  expect_by_hand<mica::GlobalAvgPool, Shape<2, 2, 2>>({1, 10, 2, 20, 3, 30, 6, 60}, {3, 30}, {4, 8},
                                                      {1, 2, 1, 2, 1, 2, 1, 2});
  expect_by_hand<mica::Upsample2d<rectangle(2, 3)>, Shape<1, 2, 1>>({1, 2}, {1, 1, 1, 2, 2, 2, 1, 1, 1, 2, 2, 2},
                                                                    {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}, {30, 48});
  expect_by_hand<mica::ZeroPad2d<1, 0, 0, 2>, Shape<1, 2, 1>>({1, 2}, {0, 0, 0, 0, 1, 2, 0, 0},
                                                              {1, 2, 3, 4, 5, 6, 7, 8}, {5, 6});
  expect_by_hand<mica::Flatten, Shape<2, 1, 2>>({1, 2, 3, 4}, {1, 2, 3, 4}, {5, 6, 7, 8}, {5, 6, 7, 8});
  expect_by_hand<mica::Reshape<1, 4>, Shape<2, 1, 2>>({1, 2, 3, 4}, {1, 2, 3, 4}, {5, 6, 7, 8}, {5, 6, 7, 8});
  expect_by_hand<mica::SelectChannels<1, 1>, Shape<2, 3>>({1, 2, 3, 4, 5, 6}, {2, 5}, {7, 8}, {0, 7, 0, 0, 8, 0});
}

TEST_CASE("shapes and names") {
  using Image = Shape<9, 6, 3>;
  CHECK(gives<mica::MaxPool2d<3>, Image, Shape<3, 2, 3>>);
  CHECK(gives<mica::MaxPool2d<2, 2, DropBorder>, Image, Shape<4, 3, 3>>);
  CHECK(gives<mica::MaxPool2d<2, 2, Same>, Image, Shape<5, 3, 3>>);
  CHECK(gives<mica::AvgPool2d<rectangle(3, 2)>, Image, Shape<3, 3, 3>>);
  // The last row that a window of the padded image needs is the image's last: nothing is dropped.
  CHECK(gives<mica::MaxPool2d<3, 2, Pad<1>>, Shape<8, 8, 3>, Shape<4, 4, 3>>);
  // A stride beyond the kernel leaves out pixels everywhere, at the end too.
  CHECK(gives<mica::AvgPool2d<1, 3>, Image, Shape<3, 2, 3>>);
  CHECK(gives<mica::MaxPool1d<4, 2>, Shape<10, 3>, Shape<4, 3>>);
  CHECK(gives<mica::AvgPool1d<4, 2, Pad<1, 0>>, Shape<9, 3>, Shape<4, 3>>);
  CHECK(gives<mica::GlobalAvgPool, Image, Shape<3>>);
  CHECK(gives<mica::GlobalAvgPool, Shape<10, 3>, Shape<3>>);
  CHECK(gives<mica::Flatten, Image, Shape<162>>);
  CHECK(gives<mica::Upsample2d<2>, Image, Shape<18, 12, 3>>);
  CHECK(gives<mica::ZeroPad2d<1, 2, 3, 4>, Image, Shape<12, 13, 3>>);
  CHECK(gives<mica::ZeroPad2d<1>, Image, Shape<11, 8, 3>>);

  CHECK(name_of<mica::MaxPool2d<2>>() == "MaxPool2d<2, 2, Valid>");
  CHECK(name_of<mica::AvgPool2d<3, 2, DropBorder>>() == "AvgPool2d<3, 2, DropBorder>");
  CHECK(name_of<mica::MaxPool1d<4, 2, Same>>() == "MaxPool1d<4, 2, Same>");
  CHECK(name_of<mica::AvgPool1d<4>>() == "AvgPool1d<4, 4, Valid>");
  CHECK(name_of<mica::GlobalAvgPool>() == "GlobalAvgPool");
  CHECK(name_of<mica::Flatten>() == "Flatten");
  CHECK(name_of<mica::Reshape<3, 2>>() == "Reshape<3, 2>");
  CHECK(name_of<mica::SelectChannels<1, 2>>() == "SelectChannels<1, 2>");
  CHECK(name_of<mica::Upsample2d<rectangle(2, 3)>>() == "Upsample2d<rectangle(2, 3)>");
  CHECK(name_of<mica::ZeroPad2d<1, 2>>() == "ZeroPad2d<1, 2, 1, 1>");
}

TEST_CASE("pools keep the contract") {
  expect_contract<mica::MaxPool2d<1>, Shape<1, 1, 1>, 1>();
  expect_contract<mica::MaxPool2d<2>, Shape<4, 6, 9>>();
  expect_contract<mica::MaxPool2d<3, 2, Pad<1>>, Shape<6, 7, 3>>();
  expect_contract<mica::MaxPool2d<rectangle(2, 3), rectangle(1, 2), Same>, Shape<5, 8, 2>>();
  expect_contract<mica::MaxPool2d<2, 2, DropBorder>, Shape<5, 7, 8>>();
  expect_contract<mica::AvgPool2d<2>, Shape<4, 6, 9>>();
  expect_contract<mica::AvgPool2d<3, 2, Pad<1>>, Shape<6, 7, 3>>();
  expect_contract<mica::AvgPool2d<rectangle(3, 2), 1, Same>, Shape<5, 6, 2>>();
  expect_contract<mica::AvgPool2d<2, 3>, Shape<5, 8, 5>>();
  expect_contract<mica::MaxPool1d<3, 2>, Shape<9, 4>>();
  expect_contract<mica::MaxPool1d<3, 1, Pad<2, 0>>, Shape<7, 2>>();
  expect_contract<mica::AvgPool1d<3, 2, Same>, Shape<8, 5>>();
  expect_contract<mica::AvgPool1d<2>, Shape<6, 17>>();
  expect_contract<mica::GlobalAvgPool, Shape<9, 15, 5>>();
  expect_contract<mica::GlobalAvgPool, Shape<7, 9>>();
}

TEST_CASE("what moves pixels keeps the contract") {
  expect_contract<mica::Flatten, Shape<3, 5>>();
  expect_contract<mica::Reshape<5, 1, 3>, Shape<3, 5>>();
  expect_contract<mica::SelectChannels<1, 2>, Shape<2, 3, 5>>();
  expect_contract<mica::SelectChannels<0, 7>, Shape<7>>();
  expect_contract<mica::Upsample2d<2>, Shape<3, 4, 5>>();
  expect_contract<mica::Upsample2d<rectangle(1, 3)>, Shape<2, 3, 9>>();
  expect_contract<mica::ZeroPad2d<1>, Shape<3, 4, 2>>();
  expect_contract<mica::ZeroPad2d<0, 2, 3, 1>, Shape<2, 3, 3>>();
}

TEST_CASE("Flatten anywhere in a network") {
  using mica::Dense;
  using mica::Flatten;
  using mica::Input;
  using mica::Sequential;
  using First = Sequential<Input<2, 3, 2>, Flatten, Dense<3>>;
  using Middle =
      Sequential<Input<6, 6, 1>, mica::Conv2d<3, 3, Same>, mica::ReLU, mica::MaxPool2d<2>, Flatten, Dense<4>>;
  using Last = Sequential<Input<4, 4, 1>, mica::Conv2d<2, 3>, Flatten>;
  using Alone = Sequential<Input<4, 4, 1>, mica::Conv2d<2, 3>, Flatten, Flatten, mica::ReLU, Dense<2>, Flatten>;
  tests::expect_kept(mica::check_network<First>());
  tests::expect_kept(mica::check_network<Middle>());
  tests::expect_kept(mica::check_network<Last>());
  tests::expect_kept(mica::check_network<Alone>());
}

TEST_CASE("Flatten takes no memory where it shares its input's") {
  using With = mica::Sequential<mica::Input<4, 4, 1>, mica::Conv2d<2, 3>, mica::Flatten, mica::Dense<2>>;
  using Without = mica::Sequential<mica::Input<4, 4, 1>, mica::Conv2d<2, 3>, mica::Dense<2>>;
  CHECK(sizeof(With::Bound::Cache<4>) == sizeof(Without::Bound::Cache<4>));
  CHECK(With::Bound::infer_scratch(1) == Without::Bound::infer_scratch(1));
}
