// Activations by hand, at their extremes, and against PyTorch.
#include <cmath>
#include <limits>

#include <mica/mica.hpp>

#include <doctest/doctest.h>

#include "tests/golden/compare.hpp"
#include "tests/golden/rectifiers.hpp"
#include "tests/golden/smooth_activations.hpp"
#include "tests/passed.hpp"

namespace {

constexpr float not_a_number = std::numeric_limits<float>::quiet_NaN();
constexpr float inf = std::numeric_limits<float>::infinity();

using tests::check_equal;
using tests::Passed;

}  // namespace

TEST_CASE("ReLU by hand") {
  const Passed<mica::ReLU, 5> p({-2, -0.0f, 0, 3, inf}, {1, 2, 3, 4, 5});
  check_equal(p.y, {0, 0, 0, 3, inf});
  check_equal(p.dx, {0, 0, 0, 4, 5});
}

TEST_CASE("LeakyReLU by hand") {
  const Passed<mica::LeakyReLU<1, 4>, 5> p({-2, 0, 3, -inf, inf}, {1, 2, 3, 4, 5});
  check_equal(p.y, {-0.5f, 0, 3, -inf, inf});
  check_equal(p.dx, {0.25f, 0.5f, 3, 1, 5});
}

TEST_CASE("PReLU by hand") {
  const Passed<mica::PReLU, 4> p({-2, 0, 3, -4}, {1, 2, 3, -1}, 0.5f);
  check_equal(p.y, {-1, 0, 3, -2});
  check_equal(p.dx, {0.5f, 1, 3, -0.5f});
  mica::testing::LayerBench<mica::PReLU::On<mica::Shape<4>>, 1> bench = p.bench;
  check_equal((*bench.gradient).slope.data(), {-2, 0, 0, 4});
}

TEST_CASE("PReLU has one slope per channel, summed over places and batch") {
  using On = mica::PReLU::On<mica::Shape<2, 3>>;
  CHECK(mica::parameter_count<On> == 3);
  static mica::testing::LayerBench<On, 2> bench;
  for (int i = 0; i < 12; ++i) bench.start_x.values[i] = static_cast<float>(i % 2 == 0 ? -i : i);
  for (int i = 0; i < 12; ++i) bench.start_dy.values[i] = 1;
  bench.start_params.slope = {{0.5f, 0.25f, 2}};
  bench.reset(2);
  bench.forward(bench.y.data());
  check_equal(bench.y.data(), {0, 1, -4, 3, -1, 5, -3, 7, -16, 9, -2.5f, 11});
  bench.backward(bench.x.data(), bench.y.data(), bench.dy.data(), bench.dx.data());
  check_equal((*bench.gradient).slope.data(), {-6, -14, -10});
}

TEST_CASE("Sigmoid and Tanh by hand") {
  const Passed<mica::Sigmoid, 4> s({0, inf, -inf, 100}, {4, 1, 1, 1});
  check_equal(s.y, {0.5f, 1, 0, 1});
  check_equal(s.dx, {1, 0, 0, 0});
  const Passed<mica::Tanh, 4> t({0, inf, -inf, 100}, {4, 1, 1, 1});
  check_equal(t.y, {0, 1, -1, 1});
  check_equal(t.dx, {4, 0, 0, 0});
}

TEST_CASE("Softmax by hand") {
  const Passed<mica::Softmax, 2> even({7, 7}, {1, 0});
  check_equal(even.y, {0.5f, 0.5f});
  check_equal(even.dx, {0.25f, -0.25f});
  const Passed<mica::Softmax, 3> p({0, std::log(2.0f), std::log(5.0f)}, {8, 0, 0});
  CHECK(p.y[0] == doctest::Approx(0.125).epsilon(1e-6));
  CHECK(p.y[1] == doctest::Approx(0.25).epsilon(1e-6));
  CHECK(p.y[2] == doctest::Approx(0.625).epsilon(1e-6));
  CHECK(p.dx[0] == doctest::Approx(0.875).epsilon(1e-6));
  CHECK(p.dx[1] == doctest::Approx(-0.25).epsilon(1e-6));
}

TEST_CASE("Softmax of logits as large as 10000 neither overflows nor divides by zero") {
  const Passed<mica::Softmax, 3> p({1e4f, -1e4f, 1e4f}, {1, 1, 1});
  check_equal(p.y, {0.5f, 0, 0.5f});
  check_equal(p.dx, {0, 0, 0});
  const Passed<mica::Softmax, 3> low({-1e4f, -1e4f, -1e4f}, {0, 0, 0});
  CHECK(low.y[0] == doctest::Approx(1.0 / 3).epsilon(1e-6));
}

TEST_CASE("Softmax adds up to 1, row by row") {
  using On = mica::Softmax::On<mica::Shape<4, 9>>;
  static mica::testing::LayerBench<On, 3> bench;
  golden::Draw{1, 9, 30}.fill(108, bench.start_x.values);
  golden::Draw{2, 9}.fill(108, bench.start_dy.values);
  bench.reset(3);
  bench.forward(bench.y.data());
  for (int row = 0; row < 12; ++row) {
    double sum = 0;
    for (int i = 0; i < 9; ++i) sum += static_cast<double>(bench.y.data()[row * 9 + i]);
    CHECK(sum == doctest::Approx(1).epsilon(1e-6));
  }
}

TEST_CASE_TEMPLATE("NaN goes through", Layer, mica::ReLU, mica::LeakyReLU<>, mica::PReLU, mica::Sigmoid, mica::Tanh) {
  const Passed<Layer, 9> p({1, not_a_number, -1, 2, 3, 4, 5, 6, not_a_number}, {1, 1, 1, 1, 1, 1, 1, 1, 1}, 0.25f);
  for (int i = 0; i < 9; ++i) {
    const bool expected = i == 1 || i == 8;
    CHECK(std::isnan(p.y[i]) == expected);
  }
}

TEST_CASE("a NaN anywhere makes the whole row of Softmax NaN") {
  for (int at = 0; at < 3; ++at) {
    float x[] = {1, 2, 3};
    x[at] = not_a_number;
    const Passed<mica::Softmax, 3> p(x, {1, 1, 1});
    for (int i = 0; i < 3; ++i) CHECK(std::isnan(p.y[i]));
  }
}

TEST_CASE("activations give PyTorch's numbers") {
  golden::RectifierCases::each([](auto c) { golden::check_layer_case<decltype(c)>(); });
  golden::SmoothActivationCases::each([](auto c) { golden::check_layer_case<decltype(c)>(); });
}
