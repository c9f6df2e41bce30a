// ELU, SELU, CELU, GELU, SiLU, Mish, Softplus, HardSigmoid, HardSwish, HardTanh, ReLU6, LogSoftmax: by hand, at their
// extremes, against PyTorch, against the layer contract, and what the chain keeps for them.
#include <cmath>
#include <limits>
#include <string>

#include <mica/mica.hpp>
#include <mica/testing/check_layer.hpp>

#include <doctest/doctest.h>

#include "tests/golden/compare.hpp"
#include "tests/golden/curved_activations.hpp"
#include "tests/golden/exponential_activations.hpp"
#include "tests/golden/straight_activations.hpp"
#include "tests/kept_contract.hpp"
#include "tests/passed.hpp"

namespace {

using mica::Dense;
using mica::Input;
using mica::Sequential;
using mica::Shape;
using tests::check_equal;
using tests::Passed;

constexpr float not_a_number = std::numeric_limits<float>::quiet_NaN();
constexpr float inf = std::numeric_limits<float>::infinity();
const float log_2 = std::log(2.0f), log_3 = std::log(3.0f);

template <int n>
void check_near(const float* got, const double (&expected)[n]) {
  for (int i = 0; i < n; ++i) {
    CAPTURE(i);
    const double y = static_cast<double>(got[i]);
    CHECK((y == expected[i] || std::fabs(y - expected[i]) <= 5e-7 * std::fabs(expected[i])));
  }
}

using GELUTanh = mica::GELU<mica::TanhApproximation>;

#define RECTIFIERS                                                                                         \
  mica::ELU<>, mica::SELU, mica::CELU<>, mica::GELU<>, GELUTanh, mica::SiLU, mica::Mish, mica::Softplus<>, \
      mica::HardSwish, mica::ReLU6
#define ALL_LAYERS \
  RECTIFIERS, mica::HardSigmoid, mica::HardTanh<>, mica::ELU<1, 3>, mica::CELU<5, 2>, mica::Softplus<1, 3, 2>

}  // namespace

TEST_CASE("ELU by hand") {
  const Passed<mica::ELU<>, 4> p({0, 3, -log_2, -1e-6f}, {1, 2, 4, 8});
  check_near(p.y, {0, 3, -0.5, -9.999995e-7});
  check_near(p.dx, {1, 2, 2, 8 - 8e-6});
  const Passed<mica::ELU<1, 2>, 4> half({0, 3, -log_2, -inf}, {1, 2, 4, 8});
  check_near(half.y, {0, 3, -0.25, -0.5});
  check_near(half.dx, {0.5, 2, 1, 0});
}

TEST_CASE("SELU by hand") {
  const Passed<mica::SELU, 4> p({0, 2, -log_2, -inf}, {1, 2, 4, 8});
  check_near(p.y, {0, 2.1014020, -0.87904967, -1.7580993});
  check_near(p.dx, {1.7580993, 2.1014020, 3.5161987, 0});
}

TEST_CASE("CELU by hand") {
  const Passed<mica::CELU<2>, 4> p({0, 3, -2 * log_2, -inf}, {1, 2, 4, 8});
  check_near(p.y, {0, 3, -1, -2});
  check_near(p.dx, {1, 2, 2, 0});
}

TEST_CASE("GELU by hand") {
  const Passed<mica::GELU<>, 5> p({0, 1, -1, -5, 20}, {1, 2, 2, 1, 3});
  check_near(p.y, {0, 0.84134475, -0.15865525, -1.4332579e-6, 20});
  check_near(p.dx, {0.5, 2.16663094, -0.16663094, -7.1469460e-6, 3});
  const Passed<GELUTanh, 5> t({0, 1, -1, -5, 20}, {1, 2, 2, 1, 3});
  check_near(t.y, {0, 0.84119199, -0.15880801, -2.2917962e-7, 20});
  check_near(t.dx, {0.5, 2.16592817, -0.16592817, -1.5463620e-6, 3});
}

TEST_CASE("SiLU by hand") {
  const Passed<mica::SiLU, 4> p({0, log_3, -log_3, 50}, {1, 1, 1, 7});
  check_near(p.y, {0, 0.82395922, -0.27465307, 50});
  check_near(p.dx, {0.5, 0.95598981, 0.04401019, 7});
}

TEST_CASE("Mish by hand") {
  const Passed<mica::Mish, 4> p({0, log_2, -log_2, 50}, {1, 1, 1, 7});
  check_near(p.y, {0, 0.55451774, -0.26659507, 50});
  check_near(p.dx, {0.6, 0.96635532, 0.18774518, 7});
}

TEST_CASE("Softplus by hand") {
  const Passed<mica::Softplus<>, 5> p({0, log_3, -log_3, 50, -30}, {1, 1, 1, 7, 1});
  check_near(p.y, {0.69314718, 1.38629436, 0.28768207, 50, 9.3576230e-14});
  check_near(p.dx, {0.5, 0.75, 0.25, 7, 9.3576230e-14});
  const Passed<mica::Softplus<2>, 3> twice({0, log_3 / 2, 50}, {1, 1, 7});
  check_near(twice.y, {0.34657359, 0.69314718, 50});
  check_near(twice.dx, {0.5, 0.75, 7});
}

TEST_CASE("Softplus with a low threshold is PyTorch's, step and all") {
  using Low = mica::Softplus<1, 1, 2>;
  const Passed<Low, 3> p({2, 2.0625f, 1}, {1, 1, 1});
  check_near(p.y, {2.12692801, 2.0625, 1.31326169});
  check_near(p.dx, {0.88079708, 1, 0.73105858});
  static_assert(Low::On<Shape<1>>::needs_input && !Low::On<Shape<1>>::needs_output, "");
}

TEST_CASE("HardSigmoid by hand") {
  const Passed<mica::HardSigmoid, 6> p({-3, 0, 1.5f, 3, inf, -inf}, {6, 6, 6, 6, 6, 6});
  check_near(p.y, {0, 0.5, 0.75, 1, 1, 0});
  check_near(p.dx, {0, 1, 1, 0, 0, 0});
}

TEST_CASE("HardSwish by hand") {
  const Passed<mica::HardSwish, 8> p({-4, -1.5f, 0, 1, 3, 5, inf, -inf}, {6, 6, 6, 6, 6, 6, 6, 6});
  check_near(p.y, {0, -0.375, 0, 2.0 / 3, 3, 5, static_cast<double>(inf), 0});
  check_near(p.dx, {0, 0, 3, 5, 9, 6, 6, 0});
}

TEST_CASE("HardTanh and ReLU6 by hand") {
  const Passed<mica::HardTanh<>, 6> p({-2, -1, -0.5f, 1, inf, -inf}, {1, 2, 3, 4, 5, 6});
  check_equal(p.y, {-1, -1, -0.5f, 1, 1, -1});
  check_equal(p.dx, {0, 0, 3, 0, 0, 0});
  const Passed<mica::HardTanh<-5, 1, 2>, 4> q({-3, -2, 0.25f, 0.5f}, {1, 2, 3, 4});
  check_equal(q.y, {-2.5f, -2, 0.25f, 0.5f});
  check_equal(q.dx, {0, 2, 3, 0});
  const Passed<mica::ReLU6, 6> r({-1, 0, 0.5f, 6, 7, inf}, {1, 2, 3, 4, 5, 6});
  check_equal(r.y, {0, 0, 0.5f, 6, 6, 6});
  check_equal(r.dx, {0, 0, 3, 0, 0, 0});
}

TEST_CASE("LogSoftmax by hand") {
  const Passed<mica::LogSoftmax, 3> p({0, std::log(2.0f), std::log(5.0f)}, {8, 0, 8});
  check_near(p.y, {-2.07944154, -1.38629436, -0.47000363});
  check_near(p.dx, {6, -4, -2});
  // Neither overflow nor division by zero, and terms far below the largest are as exact as the others.
  const Passed<mica::LogSoftmax, 3> large({1e4f, -1e4f, 1e4f}, {1, 1, 1});
  check_near(large.y, {-0.69314718, -20000.69314718, -0.69314718});
  check_near(large.dx, {-0.5, 1, -0.5});
}

TEST_CASE("a NaN anywhere makes the whole row of LogSoftmax NaN") {
  for (int at = 0; at < 3; ++at) {
    float x[] = {1, 2, 3};
    x[at] = not_a_number;
    const Passed<mica::LogSoftmax, 3> p(x, {1, 1, 1});
    for (int i = 0; i < 3; ++i) CHECK(std::isnan(p.y[i]));
  }
}

TEST_CASE_TEMPLATE("NaN goes through, and stays where it is", Layer, ALL_LAYERS) {
  const Passed<Layer, 9> p({1, not_a_number, -1, 2, 3, 4, -50, -inf, not_a_number}, {1, 1, 1, 1, 1, 1, 1, 1, 1});
  for (int i = 0; i < 9; ++i) {
    const bool expected = i == 1 || i == 8;
    CHECK(std::isnan(p.y[i]) == expected);
    if (!expected) CHECK(!std::isnan(p.dx[i]));
  }
}

TEST_CASE_TEMPLATE("infinity and far tails: a line above, 0 or a constant below", Layer, RECTIFIERS) {
  const Passed<Layer, 4> p({inf, 3e38f, -3e38f, -inf}, {1, 1, 1, 1});
  const bool bounded = std::is_same_v<Layer, mica::ReLU6>;
  CHECK(p.y[0] == (bounded ? 6 : inf));
  CHECK(p.y[1] >= (bounded ? 6 : 3e38f));
  CHECK(p.y[2] == p.y[3]);
  CHECK((p.y[3] <= 0 && p.y[3] > -2));
  CHECK(p.dx[0] == p.dx[1]);
  CHECK((p.dx[0] == (bounded ? 0 : 1) || std::is_same_v<Layer, mica::SELU>));
  CHECK((p.dx[2] == 0 && p.dx[3] == 0));
}

TEST_CASE_TEMPLATE("zeros give zero", Layer, mica::ELU<>, mica::SELU, mica::CELU<>, mica::GELU<>, GELUTanh, mica::SiLU,
                   mica::Mish, mica::HardSwish, mica::HardTanh<>, mica::ReLU6) {
  const Passed<Layer, 2> p({0.0f, -0.0f}, {1, 1});
  CHECK((p.y[0] == 0 && p.y[1] == 0));
  CHECK(p.dx[0] == p.dx[1]);
}

TEST_CASE("activations give PyTorch's numbers") {
  golden::ExponentialActivationCases::each([](auto c) { golden::check_layer_case<decltype(c)>(); });
  golden::CurvedActivationCases::each([](auto c) { golden::check_layer_case<decltype(c)>(); });
  golden::StraightActivationCases::each([](auto c) { golden::check_layer_case<decltype(c)>(); });
}

namespace {

template <class Layer, class InputShape, int batch = 4>
void expect_contract(float reach) {
  mica::CheckOptions options;
  options.low = -reach;
  options.high = reach;
  tests::expect_kept(mica::check_layer<Layer, InputShape, batch>(options));
}

}  // namespace

TEST_CASE_TEMPLATE("an activation keeps the contract", Layer, ALL_LAYERS, mica::HardTanh<-5, 1, 2>, mica::LogSoftmax) {
  expect_contract<Layer, Shape<7>>(2);
  expect_contract<Layer, Shape<3, 2, 5>>(7);
  expect_contract<Layer, Shape<5>, 1>(1);
}

TEST_CASE("what the chain keeps: one value where the output tells the slope, two where backward reads the input") {
  using Monotonic = Sequential<Input<3>, Dense<5>, mica::ELU<>, Dense<6>, mica::Softplus<>, Dense<7>, mica::HardTanh<>,
                               Dense<2>>::Bound::Plan;
  static_assert(Monotonic::forward.kept == 5 + 6 + 7 && Monotonic::forward.turns == 0, "");
  using Dipping = Sequential<Input<3>, Dense<5>, mica::GELU<>, Dense<6>, mica::SiLU, Dense<7>, mica::HardSwish,
                             Dense<2>>::Bound::Plan;
  static_assert(Dipping::forward.kept == 2 * (5 + 6 + 7) && Dipping::forward.turns == 0, "");
  // At test time both work in place.
  static_assert(Monotonic::infer.turns == Dipping::infer.turns && Dipping::infer.turns == 6 + 7, "");
}

TEST_CASE("names are written as the user wrote them") {
  mica::Text<200> text;
  const auto add = [&text](auto* layer) {
    std::remove_pointer_t<decltype(layer)>::describe(text);
    text << ' ';
  };
  add(static_cast<mica::ELU<>*>(nullptr));
  add(static_cast<mica::CELU<5, 2>*>(nullptr));
  add(static_cast<mica::GELU<>*>(nullptr));
  add(static_cast<GELUTanh*>(nullptr));
  add(static_cast<mica::Softplus<>*>(nullptr));
  add(static_cast<mica::HardTanh<-5, 1, 2>*>(nullptr));
  CHECK(std::string(text.c_str()) ==
        "ELU<1, 1> CELU<5, 2> GELU<> GELU<TanhApproximation> Softplus<1, 1, 20> HardTanh<-5, 1, 2> ");
}
