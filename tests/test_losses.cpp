// Losses by hand, at their extremes, by numerical gradients in double, and against PyTorch.
#include <cmath>
#include <limits>

#include <mica/mica.hpp>

#include <doctest/doctest.h>

#include "tests/golden/compare.hpp"
#include "tests/golden/losses.hpp"

namespace {

using mica::Labels;
using mica::Shape;

constexpr float not_a_number = std::numeric_limits<float>::quiet_NaN();

template <int classes, class T = float>
using CrossEntropy = mica::SoftmaxCrossEntropy::On<Shape<classes>, T>;
template <int size, class T = float>
using SquaredError = mica::MeanSquaredError::On<Shape<size>, T>;

// The loss and its gradient for a batch; `scratch` is filled with NaN before.
template <class Loss, int batch, int size, class T>
struct Evaluated {
  T dy[batch * size];
  T scratch[Loss::scratch(batch) + 1];
  mica::LossValue<T> value;

  Evaluated(const T (&y)[batch * size], typename Loss::Target target) {
    for (T& s : scratch) s = std::numeric_limits<T>::quiet_NaN();
    value = Loss::evaluate({y, batch}, target, {dy, batch}, scratch);
  }
};

template <int classes, int batch>
Evaluated<CrossEntropy<classes>, batch, classes, float> cross_entropy(const float (&y)[batch * classes],
                                                                      const std::uint8_t (&labels)[batch]) {
  return {y, Labels(labels, batch)};
}

}  // namespace

TEST_CASE("cross-entropy by hand") {
  const float log2 = std::log(2.0f), log5 = std::log(5.0f);
  const auto e = cross_entropy<3, 2>({0, log2, log5, 3, 3, 3}, {2, 0});
  CHECK(e.value.mean == doctest::Approx((std::log(8.0 / 5) + std::log(3.0)) / 2).epsilon(1e-6));
  CHECK(e.value.correct == 2);  // the first of equals counts as the largest
  const double dy[] = {0.0625, 0.125, -0.1875, -1.0 / 3, 1.0 / 6, 1.0 / 6};
  for (int i = 0; i < 6; ++i) CHECK(e.dy[i] == doctest::Approx(dy[i]).epsilon(1e-6));
}

TEST_CASE("cross-entropy of logits as large as 10000") {
  const auto right = cross_entropy<3, 1>({1e4f, -1e4f, 0}, {0});
  CHECK(right.value.mean == 0);
  CHECK(right.value.correct == 1);
  for (const float d : right.dy) CHECK(d == 0);
  const auto wrong = cross_entropy<3, 1>({1e4f, -1e4f, 0}, {1});
  CHECK(wrong.value.mean == 2e4f);
  CHECK(wrong.value.correct == 0);
  CHECK(wrong.dy[0] == 1);
  CHECK(wrong.dy[1] == -1);
  CHECK(wrong.dy[2] == 0);
}

TEST_CASE("the gradient of cross-entropy adds up to 0 in each row") {
  static float y[20 * 10], dy[20 * 10], scratch[20];
  golden::Draw{7, 1, 12}.fill(200, y);
  std::uint8_t labels[20];
  for (int i = 0; i < 20; ++i) labels[i] = static_cast<std::uint8_t>(i * 7 % 10);
  (void)CrossEntropy<10>::evaluate({y, 20}, {labels, 20}, {dy, 20}, scratch);
  for (int row = 0; row < 20; ++row) {
    double sum = 0, size = 0;
    for (int i = 0; i < 10; ++i) sum += static_cast<double>(dy[row * 10 + i]);
    for (int i = 0; i < 10; ++i) size += std::fabs(static_cast<double>(dy[row * 10 + i]));
    CHECK(std::fabs(sum) <= 1e-6 * size);
    CHECK(size > 0);
  }
}

TEST_CASE("the gradient may be written over the scores") {
  float y[] = {1, 2, 3, -1, 0, 5}, dy[6], scratch[2];
  const std::uint8_t labels[] = {1, 2};
  const auto apart = CrossEntropy<3>::evaluate({y, 2}, {labels, 2}, {dy, 2}, scratch);
  const auto over = CrossEntropy<3>::evaluate({y, 2}, {labels, 2}, {y, 2}, scratch);
  CHECK(apart.mean == over.mean);
  CHECK(apart.correct == over.correct);
  for (int i = 0; i < 6; ++i) CHECK(y[i] == dy[i]);
}

TEST_CASE("cross-entropy lets NaN through, wherever it stands") {
  for (int at = 0; at < 3; ++at) {
    for (int label = 0; label < 3; ++label) {
      CAPTURE(at);
      CAPTURE(label);
      float y[] = {1, 2, 3};
      y[at] = not_a_number;
      const auto e = cross_entropy<3, 1>(y, {static_cast<std::uint8_t>(label)});
      CHECK(std::isnan(e.value.mean));
      for (const float d : e.dy) CHECK(std::isnan(d));
    }
  }
}

TEST_CASE("squared error by hand") {
  const float y[] = {1, 2, -3, 0}, target[] = {0, 4, -3, 1};
  const Evaluated<SquaredError<2>, 2, 2, float> e(y, {target, 2});
  CHECK(e.value.mean == 1.5f);
  CHECK(e.value.correct == 0);
  const float dy[] = {0.5f, -1, 0, -0.5f};
  for (int i = 0; i < 4; ++i) CHECK(e.dy[i] == dy[i]);
}

TEST_CASE("squared error lets NaN through") {
  const float y[] = {1, not_a_number}, target[] = {0, 4};
  const Evaluated<SquaredError<2>, 1, 2, float> e(y, {target, 1});
  CHECK(std::isnan(e.value.mean));
  CHECK(e.dy[0] == 1);
  CHECK(std::isnan(e.dy[1]));
}

TEST_CASE("losses have the numerical gradient in double") {
  constexpr int batch = 3, size = 5, count = batch * size;
  double y[count], target[count], dy[count], unused[count], scratch[count];
  golden::Draw{3, 1, 4}.fill(count, y);
  golden::Draw{3, 4}.fill(count, target);
  const std::uint8_t labels[batch] = {4, 0, 2};
  const auto check = [&](auto evaluate) {
    evaluate(dy);
    for (int i = 0; i < count; ++i) {
      const double middle = y[i], h = 0x1p-17;
      y[i] = middle + h;
      const double above = evaluate(unused);
      y[i] = middle - h;
      const double below = evaluate(unused);
      y[i] = middle;
      CHECK((above - below) / (2 * h) == doctest::Approx(dy[i]).epsilon(1e-6).scale(1e-3));
    }
  };
  check([&](double* to) {
    return CrossEntropy<size, double>::evaluate({y, batch}, {labels, batch}, {to, batch}, scratch).mean;
  });
  check([&](double* to) {
    return SquaredError<size, double>::evaluate({y, batch}, {target, batch}, {to, batch}, scratch).mean;
  });
}

namespace {

template <class Case>
void fill_target(std::uint8_t* labels) {
  for (int i = 0; i < Case::batch; ++i) {
    const golden::Draw draw{Case::target.seed, Case::target.stream};
    labels[i] = static_cast<std::uint8_t>((draw(static_cast<std::uint32_t>(i)) + 1) / 2 * float(Case::size));
  }
}
template <class Case>
void fill_target(float* values) {
  Case::target.fill(Case::batch * Case::size, values);
}

template <class Number, class Case>
void check_case() {
  using Loss = typename Case::Loss::template On<Shape<Case::size>, float>;
  float y[Case::batch * Case::size];
  Number target[Case::batch * Case::size];
  Case::y.fill(Case::batch * Case::size, y);
  fill_target<Case>(target);
  const Evaluated<Loss, Case::batch, Case::size, float> e(y, {target, Case::batch});
  golden::check_near(1, &e.value.mean, Case::mean, 1e-5);
  golden::check_near(Case::batch * Case::size, e.dy, Case::dy, 1e-4);
  CHECK(e.value.correct == Case::correct);
}

}  // namespace

TEST_CASE("losses give PyTorch's numbers") {
  golden::SoftmaxCrossEntropyCases::each([](auto c) { check_case<std::uint8_t, decltype(c)>(); });
  golden::MeanSquaredErrorCases::each([](auto c) { check_case<float, decltype(c)>(); });
}
