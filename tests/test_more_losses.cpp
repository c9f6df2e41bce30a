// Huber, L1, cross-entropies with smoothing, weights and logits, divergence: by hand, at their extremes, by numerical
// gradients in double, and against PyTorch.
#include <cmath>
#include <limits>

#include <mica/mica.hpp>

#include <doctest/doctest.h>

#include "tests/golden/class_losses.hpp"
#include "tests/golden/compare.hpp"
#include "tests/golden/number_losses.hpp"
#include "tests/support.hpp"

namespace {

using mica::Labels;
using mica::Shape;

constexpr float not_a_number = std::numeric_limits<float>::quiet_NaN();
constexpr float inf = std::numeric_limits<float>::infinity();

// A loss and its gradient for a batch; `scratch` is filled with NaN before. The gradient is also written over y.
template <class Loss, int batch, int size>
struct Evaluated {
  using On = typename Loss::template On<Shape<size>, float>;
  float dy[batch * size], over[batch * size];
  float scratch[On::scratch(batch) + 1];
  mica::LossValue<float> value;

  template <class Number>
  Evaluated(const float (&y)[batch * size], const Number (&target)[batch * size]) {
    evaluate(y, {target, batch});
  }
  void evaluate(const float* y, typename On::Target target) {
    for (float& s : scratch) s = not_a_number;
    value = On::evaluate({y, batch}, target, {dy, batch}, scratch);
    for (int i = 0; i < batch * size; ++i) over[i] = y[i];
    for (float& s : scratch) s = not_a_number;
    const auto again = On::evaluate({over, batch}, target, {over, batch}, scratch);
    CHECK(tests::same(again.mean, value.mean));
    CHECK(again.correct == value.correct);
    for (int i = 0; i < batch * size; ++i) CHECK(tests::same(over[i], dy[i]));
  }
};

template <class Loss>
Evaluated<Loss, 1, 4> of_values(const float (&y)[4], const float (&target)[4]) {
  return {y, target};
}

template <int count>
void check_equal(const float (&got)[count], std::initializer_list<float> expected) {
  int i = 0;
  for (const float e : expected) CHECK(got[i++] == e);
}

}  // namespace

TEST_CASE("Huber, L1 and their sums by hand") {
  const float y[] = {1, 3, -2, 0.5f}, t[] = {0.5f, 0, 2, 0.5f};  // differences 1/2, 3, -4, 0
  const auto huber = of_values<mica::Huber<2, 1>>(y, t);
  CHECK(huber.value.mean == (0.125f + 4 + 6) / 4);
  check_equal(huber.dy, {0.125f, 0.5f, -0.5f, 0});
  const auto l1 = of_values<mica::L1>(y, t);
  CHECK(l1.value.mean == 7.5f / 4);
  check_equal(l1.dy, {0.25f, 0.25f, -0.25f, 0});
  const auto sum = of_values<mica::Sum<mica::Huber<2, 1>>>(y, t);
  CHECK(sum.value.mean == 10.125f);
  check_equal(sum.dy, {0.5f, 2, -2, 0});
  const auto squares = of_values<mica::Sum<mica::MeanSquaredError>>(y, t);
  CHECK(squares.value.mean == 25.25f);
  check_equal(squares.dy, {1, 6, -8, 0});
}

TEST_CASE("binary cross-entropy does not overflow, and keeps small losses") {
  using Loss = mica::Sum<mica::BinaryCrossEntropyWithLogits>;
  const auto e = of_values<Loss>({0, 1e4f, -1e4f, 20}, {0.5f, 1, 0, 1});
  CHECK(static_cast<double>(e.value.mean) ==
        doctest::Approx(std::log(2.0) + std::log1p(std::exp(-20.0))).epsilon(1e-6));
  CHECK(e.value.correct == 1);  // 0 is not above 0, and 1/2 not above 1/2
  check_equal(e.dy, {0, 0, 0});
  const auto wrong = of_values<Loss>({1e4f, -1e4f, 3, -3}, {0, 1, 1, 0});
  CHECK(static_cast<double>(wrong.value.mean) == doctest::Approx(2e4 + 2 * std::log1p(std::exp(-3.0))).epsilon(1e-6));
  CHECK(wrong.dy[0] == 1);
  CHECK(wrong.dy[1] == -1);
  for (const float y : {9.0f, 15.0f, 25.0f, 40.0f}) {
    const auto small = of_values<Loss>({y, y, y, y}, {1, 1, 1, 1});
    const double expected = std::log1p(std::exp(-static_cast<double>(y)));
    CHECK(static_cast<double>(small.value.mean) == doctest::Approx(4 * expected).epsilon(1e-5));
    CHECK(small.value.correct == 1);
  }
  // Gradients never come near the subnormal numbers.
  for (float y = -100; y < -44; y += 1) CHECK(of_values<Loss>({y, y, y, y}, {0, 0, 0, 0}).dy[0] == 0);
}

TEST_CASE("class weights and smoothing by hand") {
  const float log3 = std::log(3.0f);
  const float y[] = {0, 0, log3, 0};  // p = 1/2, 1/2 and 3/4, 1/4
  const std::uint8_t both[] = {1, 1};
  float dy[4], scratch[2];
  using Weighted = mica::WeightedCrossEntropy<3, 1>::On<Shape<2>>;
  const std::uint8_t mixed[] = {0, 1};
  const auto w = Weighted::evaluate({y, 2}, {mixed, 2}, {dy, 2}, scratch);
  CHECK(static_cast<double>(w.mean) == doctest::Approx((3 * std::log(2.0) + std::log(4.0)) / 4).epsilon(1e-6));
  CHECK(w.correct == 1);
  const double expected[] = {-0.375, 0.375, 0.1875, -0.1875};
  for (int i = 0; i < 4; ++i) CHECK(static_cast<double>(dy[i]) == doctest::Approx(expected[i]).epsilon(1e-6));
  using Smoothed = mica::SmoothedCrossEntropy<1, 2>::On<Shape<2>>;
  const auto s = Smoothed::evaluate({y, 2}, {both, 2}, {dy, 2}, scratch);
  const double first = std::log(2.0), second = 0.75 * std::log(4.0) + 0.25 * std::log(4.0 / 3);
  CHECK(static_cast<double>(s.mean) == doctest::Approx((first + second) / 2).epsilon(1e-6));
  // Labels that weigh nothing.
  using Nothing = mica::WeightedCrossEntropy<1, 0>::On<Shape<2>>;
  const auto n = Nothing::evaluate({y, 2}, {both, 2}, {dy, 2}, scratch);
  CHECK(n.mean == 0);
  for (const float d : dy) CHECK(d == 0);
}

TEST_CASE("equal weights without smoothing give what SoftmaxCrossEntropy gives") {
  constexpr int batch = 16, size = 7;
  float y[batch * size], plain[batch * size], weighted[batch * size], scratch[batch];
  golden::Draw{5, 1, 9}.fill(batch * size, y);
  std::uint8_t labels[batch];
  for (int i = 0; i < batch; ++i) labels[i] = static_cast<std::uint8_t>(i * 3 % size);
  using Plain = mica::SoftmaxCrossEntropy::On<Shape<size>>;
  using Weighted = mica::WeightedCrossEntropy<1, 1, 1, 1, 1, 1, 1>::On<Shape<size>>;
  const auto a = Plain::evaluate({y, batch}, {labels, batch}, {plain, batch}, scratch);
  const auto b = Weighted::evaluate({y, batch}, {labels, batch}, {weighted, batch}, scratch);
  CHECK(a.mean == b.mean);
  CHECK(a.correct == b.correct);
  for (int i = 0; i < batch * size; ++i) CHECK(plain[i] == weighted[i]);
}

TEST_CASE("targets that are one class give what SoftmaxCrossEntropy gives, bit for bit, and shares what lies between") {
  constexpr int batch = 16, size = 7;
  float y[batch * size], shares[batch * size] = {}, soft[batch * size], hard[batch * size], scratch[batch];
  golden::Draw{5, 1, 9}.fill(batch * size, y);
  std::uint8_t labels[batch];
  for (int i = 0; i < batch; ++i) {
    labels[i] = static_cast<std::uint8_t>(i * 3 % size);
    shares[i * size + labels[i]] = 1;
  }
  using Soft = mica::SoftTargetCrossEntropy::On<Shape<size>>;
  using Hard = mica::SoftmaxCrossEntropy::On<Shape<size>>;
  const auto a = Soft::evaluate({y, batch}, {shares, batch}, {soft, batch}, scratch);
  const auto b = Hard::evaluate({y, batch}, {labels, batch}, {hard, batch}, scratch);
  CHECK(a.mean == b.mean);
  CHECK(a.correct == b.correct);
  for (int i = 0; i < batch * size; ++i) CHECK(soft[i] == hard[i]);

  // p = 1/2, 1/4, 1/4, 0 against 1/4, 3/4, 0, 0.
  const auto between = of_values<mica::SoftTargetCrossEntropy>({std::log(2.0f), 0, 0, -200}, {0.25f, 0.75f, 0, 0});
  CHECK(static_cast<double>(between.value.mean) == doctest::Approx(1.75 * std::log(2.0)).epsilon(1e-6));
  const double expected[] = {0.25, -0.5, 0.25, 0};
  for (int i = 0; i < 4; ++i) CHECK(static_cast<double>(between.dy[i]) == doctest::Approx(expected[i]).epsilon(1e-6));
  CHECK(between.value.correct == 0);
}

TEST_CASE("divergence: 0 log 0 is 0, equal distributions have none, a negative target is seen") {
  const float y[] = {std::log(0.5f), std::log(0.25f), std::log(0.25f), -inf};
  const auto same = of_values<mica::KLDivergence>(y, {0.5f, 0.25f, 0.25f, 0});
  CHECK(std::fabs(same.value.mean) < 1e-7f);
  CHECK(same.dy[3] == 0);
  const auto sharp = of_values<mica::KLDivergence>(y, {1, 0, 0, 0});
  CHECK(static_cast<double>(sharp.value.mean) == doctest::Approx(std::log(2.0)).epsilon(1e-6));
  check_equal(sharp.dy, {-1, 0, 0, 0});
  CHECK(std::isnan(of_values<mica::KLDivergence>(y, {-0.5f, 1, 0.5f, 0}).value.mean));
}

TEST_CASE("NaN goes through every loss, wherever it stands") {
  for (int at = 0; at < 4; ++at) {
    float y[] = {1, 2, -3, 0.5f};
    const float t[] = {0.5f, 1, 0.25f, 0.75f};
    y[at] = not_a_number;
    const auto check = [&](const auto& e) {
      CHECK(std::isnan(e.value.mean));
      CHECK(std::isnan(e.dy[at]));
    };
    check(of_values<mica::Huber<1, 1>>(y, t));
    check(of_values<mica::L1>(y, t));
    check(of_values<mica::BinaryCrossEntropyWithLogits>(y, t));
    CHECK(std::isnan(of_values<mica::KLDivergence>(y, t).value.mean));
    check(of_values<mica::SoftTargetCrossEntropy>(y, t));
    for (std::uint8_t label = 0; label < 4; ++label) {
      float dy[4], scratch[1];
      using Loss = mica::SmoothedCrossEntropy<1, 10, 1, 2, 3, 4>::On<Shape<4>>;
      CHECK(std::isnan(Loss::evaluate({y, 1}, {&label, 1}, {dy, 1}, scratch).mean));
      for (const float d : dy) CHECK(std::isnan(d));
    }
  }
}

namespace {

template <class Loss, class Number>
void check_numerical_gradient(double low, double high, std::initializer_list<Number> targets) {
  constexpr int batch = 3, size = 5, count = batch * size;
  using On = typename Loss::template On<Shape<size>, double>;
  double y[count], dy[count], unused[count], scratch[count];
  golden::Draw{3, 1, 4}.fill(count, y);
  for (double& v : y) v = low + (high - low) * (v + 4) / 8;
  Number target[count] = {};
  int next = 0;
  for (const Number t : targets) target[next++] = t;
  (void)On::evaluate({y, batch}, {target, batch}, {dy, batch}, scratch);
  for (int i = 0; i < count; ++i) {
    const double middle = y[i], h = 0x1p-17;
    y[i] = middle + h;
    const double above = On::evaluate({y, batch}, {target, batch}, {unused, batch}, scratch).mean;
    y[i] = middle - h;
    const double below = On::evaluate({y, batch}, {target, batch}, {unused, batch}, scratch).mean;
    y[i] = middle;
    CHECK((above - below) / (2 * h) == doctest::Approx(dy[i]).epsilon(1e-6).scale(1e-3));
  }
}

}  // namespace

TEST_CASE("losses have the numerical gradient in double") {
  const auto values = {0.1, 0.9, 0.0, 1.0, 0.3, 0.2, 0.7, 0.6, 0.4, 0.5, 0.05, 0.95, 0.15, 0.85, 0.25};
  const std::initializer_list<std::uint8_t> labels = {4, 0, 2};
  check_numerical_gradient<mica::Huber<1, 2>>(-4, 4, values);
  check_numerical_gradient<mica::L1>(-4, 4, values);
  check_numerical_gradient<mica::BinaryCrossEntropyWithLogits>(-6, 6, values);
  check_numerical_gradient<mica::KLDivergence>(-4, 0, values);
  check_numerical_gradient<mica::Sum<mica::MeanSquaredError>>(-4, 4, values);
  check_numerical_gradient<mica::SoftTargetCrossEntropy>(-4, 4, values);
  check_numerical_gradient<mica::SmoothedCrossEntropy<1, 10>>(-4, 4, labels);
  check_numerical_gradient<mica::SmoothedCrossEntropy<3, 4, 2, 0, 1, 5, 3>>(-4, 4, labels);
  check_numerical_gradient<mica::WeightedCrossEntropy<2, 0, 1, 5, 3>>(-4, 4, labels);
  check_numerical_gradient<mica::Sum<mica::NegativeLogLikelihood>>(-4, 0, labels);
}

namespace {

// One input that says nothing, and a target of 2.
struct Ones {
  using Sample = Shape<1>;
  int size() const { return 6; }
  mica::Status read(int, float* x, float* target) const {
    x[0] = 0;
    target[0] = 2;
    return {};
  }
};

}  // namespace

TEST_CASE("Sum trains by the sum, and Fit still reports the loss of one sample") {
  using Net = mica::Sequential<mica::Input<1>, mica::Dense<1, mica::Zeros>>;
  using Loss = mica::Sum<mica::MeanSquaredError>;
  static mica::Model<Net> model;
  static mica::Trainer<Net, Loss, mica::SGD, 4> trainer;
  static mica::Fit<Net, Loss, mica::SGD, 4> fit;
  static mica::Evaluator<Net, Loss, 4> evaluator;
  mica::Evaluation before, result;
  CHECK(evaluator.run(model, Ones(), before).ok());
  CHECK(before.loss == 4);
  trainer.optimizer.learning_rate = 0.0625f;
  float reported = 0;
  CHECK(fit.run(model, trainer, Ones(),
                [&](const mica::Progress& p) {
                  reported = p.training.loss;
                  return true;
                })
            .ok());
  // Four samples of -4 and then two of -2: the bias is 1, then 1.25. Losses 16 and 2.
  CHECK(model.parameters()[1] == 1.25f);
  CHECK(reported == 3);
  CHECK(evaluator.run(model, Ones(), result).ok());
  CHECK(result.loss == 0.5625f);
}

namespace {

template <class Case>
void fill_target(std::uint8_t* labels) {
  const golden::Draw draw{Case::target.seed, Case::target.stream};
  for (int i = 0; i < Case::batch; ++i) {
    labels[i] = static_cast<std::uint8_t>((draw(static_cast<std::uint32_t>(i)) + 1) / 2 * float(Case::size));
  }
}
template <class Case>
void fill_target(float* values) {
  Case::target.fill(Case::batch * Case::size, values);
}

template <class Case>
void check_case() {
  using Target = typename Case::Loss::template On<Shape<Case::size>>::Target;
  float y[Case::batch * Case::size];
  std::remove_const_t<std::remove_pointer_t<decltype(Target::data)>> target[Case::batch * Case::size];
  Case::y.fill(Case::batch * Case::size, y);
  fill_target<Case>(target);
  const Evaluated<typename Case::Loss, Case::batch, Case::size> e(y, target);
  golden::check_near(1, &e.value.mean, Case::mean, 1e-5);
  golden::check_near(Case::batch * Case::size, e.dy, Case::dy, 1e-4);
  CHECK(e.value.correct == Case::correct);
}

}  // namespace

TEST_CASE("losses give PyTorch's numbers") {
  golden::ClassLossCases::each([](auto c) { check_case<decltype(c)>(); });
  golden::NumberLossCases::each([](auto c) { check_case<decltype(c)>(); });
}
