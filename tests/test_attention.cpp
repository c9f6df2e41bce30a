// Embedding, PositionalEncoding and SelfAttention: by hand and against the contract.
#include <cmath>
#include <string>

#include <mica/mica.hpp>
#include <mica/testing/check_layer.hpp>

#include <doctest/doctest.h>

#include "kept_contract.hpp"
#include "support.hpp"

using namespace tests;

namespace {

using mica::Shape;

template <class Layer, class Input, int batch = 3>
void expect_contract(const mica::CheckOptions& options = {}) {
  tests::expect_kept(mica::check_layer<Layer, Input, batch>(options));
}

mica::CheckOptions indices_below(int bound) {
  mica::CheckOptions options;
  options.indices = bound;
  return options;
}

}  // namespace

TEST_CASE("Embedding by hand") {
  using On = mica::Embedding<3, 2>::On<Shape<4>>;
  CHECK(std::is_same_v<On::Output, Shape<4, 2>>);
  static mica::testing::LayerBench<On, 1> bench;
  const float x[] = {2, 0, 2, 1}, weight[] = {1, 2, 3, 4, 5, 6}, dy[] = {1, 10, 2, 20, 4, 40, 8, 80};
  for (int i = 0; i < 4; ++i) bench.start_x.values[i] = x[i];
  for (int i = 0; i < 6; ++i) bench.start_params.weight[i] = weight[i];
  for (int i = 0; i < 8; ++i) bench.start_dy.values[i] = dy[i];
  bench.reset(1);
  bench.forward(bench.y.data());
  bench.backward(bench.x.data(), bench.y.data(), bench.dy.data(), bench.dx.data());
  const float y[] = {5, 6, 1, 2, 5, 6, 3, 4}, dweight[] = {2, 20, 8, 80, 5, 50};
  for (int i = 0; i < 8; ++i) CHECK(bench.y.data()[i] == y[i]);
  for (int i = 0; i < 6; ++i) CHECK((*bench.gradient).weight[i] == dweight[i]);
  for (int i = 0; i < 4; ++i) CHECK(bench.dx.data()[i] == 0);
}

TEST_CASE("Embedding keeps the contract") {
  expect_contract<mica::Embedding<1, 1>, Shape<1>, 1>(indices_below(1));
  expect_contract<mica::Embedding<5, 3>, Shape<7>>(indices_below(5));
  expect_contract<mica::Embedding<30, 17>, Shape<2, 3>>(indices_below(30));
}

TEST_CASE("PositionalEncoding adds sine and cosine as exactly as it says") {
  constexpr int time = 4096, features = 7;
  using On = mica::PositionalEncoding::On<Shape<time, features>>;
  static mica::Tensor<float, time, features> x;
  On::Params params;
  On::Stats stats;
  On::infer(params, stats, x, x, nullptr);
  double worst = 0;
  for (int t = 0; t < time; ++t) {
    for (int j = 0; j < features; ++j) {
      const double angle = t / std::pow(10000.0, (j - j % 2) / static_cast<double>(features));
      const double exact = j % 2 == 0 ? std::sin(angle) : std::cos(angle);
      const double error = std::fabs(static_cast<double>(x(t, j)) - exact);
      worst = std::fmax(worst, error / (1.3e-7 + 7.4e-10 * t));
    }
  }
  CAPTURE(worst);
  CHECK(worst <= 1);
}

TEST_CASE("PositionalEncoding keeps the contract") {
  expect_contract<mica::PositionalEncoding, Shape<1, 1>, 1>();
  expect_contract<mica::PositionalEncoding, Shape<5, 3>>();
  expect_contract<mica::PositionalEncoding, Shape<3, 40>>();
}

TEST_CASE("SelfAttention by hand: equal scores give the mean of the values") {
  // One feature: q = k = 0, v = 2 x + 1, y = 3 context.
  const auto pass = [](auto mask, float(&y)[2], float(&dx)[2], float& dv_weight) {
    using On = typename mica::SelfAttention<1, decltype(mask)>::template On<Shape<2, 1>>;
    static mica::testing::LayerBench<On, 1> bench;
    const float numbers[] = {0, 0, 2, 0, 0, 1, 3, 0};
    for (int i = 0; i < 8; ++i) mica::testing::numbers_of<float>(bench.start_params)[i] = numbers[i];
    bench.start_x.values[0] = 1;
    bench.start_x.values[1] = 5;
    bench.start_dy.values[0] = 1;
    bench.start_dy.values[1] = 10;
    bench.reset(1);
    bench.forward(bench.y.data());
    bench.backward(bench.x.data(), bench.y.data(), bench.dy.data(), bench.dx.data());
    for (int i = 0; i < 2; ++i) {
      y[i] = bench.y.data()[i];
      dx[i] = bench.dx.data()[i];
    }
    dv_weight = (*bench.gradient).weight[2];
  };
  float y[2], dx[2], dv_weight;
  pass(mica::NoMask{}, y, dx, dv_weight);  // v = 3, 11
  CHECK(y[0] == 21);
  CHECK(y[1] == 21);
  CHECK(dx[0] == 33);  // (1 + 10) / 2 * 3 * 2
  CHECK(dx[1] == 33);
  CHECK(dv_weight == 16.5f * (1 + 5));

  pass(mica::Causal{}, y, dx, dv_weight);
  CHECK(y[0] == 9);
  CHECK(y[1] == 21);
  CHECK(dx[0] == 36);  // (1 + 10 / 2) * 3 * 2
  CHECK(dx[1] == 30);
  CHECK(dv_weight == 18 * 1 + 15 * 5);
}

TEST_CASE("SelfAttention keeps the contract") {
  expect_contract<mica::SelfAttention<1>, Shape<1, 1>, 1>();
  expect_contract<mica::SelfAttention<3>, Shape<5, 6>>();
  expect_contract<mica::SelfAttention<2>, Shape<19, 4>>();
  expect_contract<mica::SelfAttention<1>, Shape<33, 3>, 1>();
  expect_contract<mica::SelfAttention<1, mica::Causal>, Shape<1, 1>, 1>();
  expect_contract<mica::SelfAttention<5, mica::Causal>, Shape<6, 5>>();
  expect_contract<mica::SelfAttention<2, mica::Causal>, Shape<35, 4>, 2>();
}

TEST_CASE("with Causal the bits of a time step do not depend on what comes after it") {
  constexpr int time = 40, features = 6;
  using On = mica::SelfAttention<2, mica::Causal>::On<Shape<time, features>>;
  static On::Params params;
  On::Stats stats;
  On::initialize(params, stats, {mica::Activation::linear, 0}, mica::Random(2));
  static mica::Tensor<float, time, features> x, y, other_y;
  static float scratch[On::infer_scratch(1)];
  Numbers numbers(1);
  for (float& value : x.values) value = numbers.even();
  On::infer(params, stats, x, y, scratch);
  for (const int changed : {1, 7, 16, 17, 39}) {
    for (int i = changed * features; i < time * features; ++i) x[i] = numbers.even();
    On::infer(params, stats, x, other_y, scratch);
    int wrong = 0, equal = 0;
    for (int i = 0; i < changed * features; ++i) wrong += bits_of(y[i]) != bits_of(other_y[i]);
    for (int i = changed * features; i < time * features; ++i) equal += y[i] == other_y[i];
    CHECK(wrong == 0);
    CHECK(equal == 0);
    y = other_y;
  }
}

TEST_CASE("a network of embedding, positions and attention keeps the contract") {
  using Net = mica::Sequential<mica::Input<6>, mica::Embedding<9, 4>, mica::PositionalEncoding,
                               mica::SelfAttention<2, mica::Causal>, mica::Tanh, mica::SelfAttention<1>, mica::GRU<3>,
                               mica::Dense<2>>;
  tests::expect_kept(mica::check_network<Net, 3>(indices_below(9)));

  mica::Text<160> text;
  Net::describe(text);
  CHECK(std::string(text.c_str()) ==
        "Sequential<Input<6>, Embedding<9, 4>, PositionalEncoding, SelfAttention<2, Causal>, Tanh, SelfAttention<1>, "
        "GRU<3>, Dense<2>>");
}

TEST_CASE("attention's memory is what it says") {
  using On = mica::SelfAttention<4>::On<Shape<32, 16>>;
  CHECK(mica::parameter_count<On> == 4 * 16 * 17);
  CHECK(sizeof(On::Cache<3>) == 16 * 3 * 32 * 16);
  CHECK(On::infer_scratch(1) == On::infer_scratch(100));
}
