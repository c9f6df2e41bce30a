// Metrics by hand, by counting, and in the training loop: early stopping on any of them.
#include <cmath>
#include <limits>
#include <vector>

#include <doctest/doctest.h>
#include <mica/mica.hpp>

#include "support.hpp"

namespace {

using namespace mica;
using tests::Numbers;

using Three = Shape<3>;
using Net = Sequential<Input<3>, Dense<4>, Tanh, Dense<3>>;
constexpr int batch = 8;

// Points around three corners, corner 2 rarely; some labels have nothing to do with the points.
struct Points {
  using Sample = Shape<3>;
  int count = 80;
  int size() const { return count; }
  Status read(int index, float* sample, std::uint8_t& label) const {
    const Random random = Random(99).fork(static_cast<std::uint32_t>(index));
    const int corner = index % 7 == 0 ? 2 : index % 2;
    for (int i = 0; i < 3; ++i) {
      sample[i] = (i == corner ? 1.0f : 0.0f) + random.uniform(static_cast<std::uint32_t>(i)) - 0.5f;
    }
    label = static_cast<std::uint8_t>(index % 3 == 0 ? random.below(3, 100) : static_cast<std::uint32_t>(corner));
    return {};
  }
};

}  // namespace

TEST_CASE("accuracy and top-k by hand") {
  const float y[] = {3, 1, 2, 0, 5, 5, 1, 1, 1, 9, 8, 7};
  const std::uint8_t labels[] = {2, 2, 0, 0};  // ranks 1, 1 (of equals, the first comes first), 0, 0
  Accuracy::On<Three> accuracy;
  TopK<2>::On<Three> two;
  CHECK(accuracy.value() == 0);
  accuracy.observe({y, 3}, {labels, 3});
  CHECK(accuracy.value() == 1.0f / 3);
  accuracy.observe({y + 9, 1}, {labels + 3, 1});
  CHECK(accuracy.value() == 0.5f);
  two.observe({y, 4}, {labels, 4});
  CHECK(two.value() == 1);
  accuracy.reset();
  const float bad[] = {0, std::numeric_limits<float>::quiet_NaN(), 0};
  const std::uint8_t middle[] = {1};
  accuracy.observe({bad, 1}, {middle, 1});
  two.reset();
  two.observe({bad, 1}, {middle, 1});
  CHECK(accuracy.value() == 0);
  CHECK(two.value() == 0);
}

TEST_CASE("confusion matrix, precision, recall and F1 by hand") {
  ConfusionMatrix<3> matrix;
  const int counts[3][3] = {{4, 1, 0}, {2, 3, 0}, {1, 1, 0}};
  for (int label = 0; label < 3; ++label) {
    for (int predicted = 0; predicted < 3; ++predicted) {
      for (int i = 0; i < counts[label][predicted]; ++i) matrix.count(label, predicted);
    }
  }
  for (int label = 0; label < 3; ++label) {
    for (int predicted = 0; predicted < 3; ++predicted) CHECK(matrix(label, predicted) == counts[label][predicted]);
  }
  CHECK(matrix.samples() == 12);
  CHECK(matrix.of_class(2) == 2);
  CHECK(matrix.predicted_as(0) == 7);
  CHECK(matrix.accuracy() == 7.0f / 12);
  CHECK(matrix.precision(0) == 4.0f / 7);
  CHECK(matrix.precision(1) == 3.0f / 5);
  CHECK(matrix.precision(2) == 0);  // never predicted
  CHECK(matrix.recall(0) == 4.0f / 5);
  CHECK(matrix.recall(2) == 0);
  CHECK(matrix.f1(0) == 8.0f / 12);
  CHECK(matrix.f1(1) == 6.0f / 10);
  CHECK(matrix.f1(2) == 0);
  CHECK(matrix.precision() == (4.0f / 7 + 3.0f / 5) / 3);
  CHECK(matrix.recall() == (4.0f / 5 + 3.0f / 5) / 3);
  CHECK(matrix.f1() == (8.0f / 12 + 6.0f / 10) / 3);
  matrix.reset();
  CHECK(matrix.samples() == 0);
  CHECK(matrix.accuracy() == 0);
  CHECK(matrix.f1() == 0);
}

TEST_CASE("mean absolute error, also over very many samples") {
  MeanAbsoluteError::On<Shape<2>> error;
  CHECK(error.value() == 0);
  const float y[] = {1, -2, 3, 0.5f}, target[] = {0, 0, 0, 0.5f};
  error.observe({y, 1}, {target, 1});
  CHECK(error.value() == 1.5f);
  error.observe({y + 2, 1}, {target + 2, 1});
  CHECK(error.value() == 1.5f);
  error.reset();
  const float small[] = {0.1f, 0.1f}, zero[] = {0, 0};
  for (int i = 0; i < 1000000; ++i) error.observe({small, 1}, {zero, 1});
  CHECK(error.value() == 0.1f);
}

TEST_CASE("metrics count what the loss counts, and what is counted by hand") {
  static Model<Net> model;
  static Evaluator<Net, SoftmaxCrossEntropy, batch> evaluator;
  static Predictor<Net> predict;
  model.initialize(2);
  const Points data;
  Accuracy::On<Three> accuracy;
  TopK<2>::On<Three> two;
  ConfusionMatrix<3> matrix;
  F1::On<Three> f1;
  Precision::On<Three> precision;
  Recall::On<Three> recall;
  Evaluation result;
  CHECK(evaluator.run(model, data, result, accuracy, two, matrix, f1, precision, recall).ok());
  CHECK(accuracy.value() == result.accuracy);
  CHECK(matrix.accuracy() == result.accuracy);
  CHECK(f1.value() == matrix.f1());
  CHECK(precision.value() == matrix.precision());
  CHECK(recall.value() == matrix.recall());
  CHECK(f1.matrix().samples() == 80);
  int counts[3][3] = {}, among_two = 0;
  for (int i = 0; i < data.size(); ++i) {
    Tensor<float, 1, 3> x, y;
    std::uint8_t label;
    CHECK(data.read(i, x.data(), label).ok());
    predict(model, x, y);
    int best = 0, larger = 0;
    for (int c = 1; c < 3; ++c) best = y[c] > y[best] ? c : best;
    for (int c = 0; c < 3; ++c) larger += y[c] > y[label] ? 1 : 0;
    ++counts[label][best];
    among_two += larger < 2 ? 1 : 0;
  }
  for (int label = 0; label < 3; ++label) {
    for (int c = 0; c < 3; ++c) CHECK(matrix(label, c) == counts[label][c]);
  }
  CHECK(two.value() == static_cast<float>(among_two) / 80);
}

namespace {

// Trains until the metric has not improved for some epochs; returns its figure for each epoch.
template <class Metric, class Trained, class FitType>
std::vector<float> figures(Trained& trainer, FitType& fit, std::vector<std::uint64_t>& hashes, Model<Net>& model) {
  model.initialize(1);
  fit.seed = 5;
  fit.epochs = 300;
  fit.validation_share = 0.4f;
  fit.stopping.patience = 3;
  trainer.optimizer.learning_rate = 0.2f;
  std::vector<float> values;
  const Points data;
  const Status status = fit.run(model, trainer, data, [&](const Progress& p) {
    if (p.epoch_ended) {
      values.push_back(fit.stopping.metric.value());
      hashes.push_back(model.hash());
    }
    return true;
  });
  CHECK(status.ok());
  return values;
}

struct Curve {
  using Sample = Shape<1>;
  int size() const { return 40; }
  Status read(int index, float* sample, float* target) const {
    sample[0] = static_cast<float>(index) / 20 - 1;
    target[0] = Random(3).uniform(static_cast<std::uint32_t>(index));
    return {};
  }
};

}  // namespace

TEST_CASE_TEMPLATE("early stopping on a metric goes back to the weights with the largest", Metric, Accuracy, TopK<2>,
                   F1, Precision, Recall) {
  static Model<Net> model;
  static Trainer<Net, SoftmaxCrossEntropy, SGDMomentum, batch> trainer;
  static Fit<Net, SoftmaxCrossEntropy, SGDMomentum, batch, StoppingOn<Metric>::template Early> fit;
  std::vector<std::uint64_t> hashes;
  const auto values = figures<Metric>(trainer, fit, hashes, model);
  CHECK(fit.stopping.stopped);
  REQUIRE(values.size() < 300);
  std::size_t best = 0;
  for (std::size_t i = 0; i < values.size(); ++i) best = values[i] > values[best] ? i : best;
  CHECK(values.size() == best + 1 + 3);
  CHECK(fit.stopping.best_epoch == static_cast<int>(best) + 1);
  CHECK(fit.stopping.best_value == values[best]);
  CHECK(model.hash() == hashes[best]);
}

TEST_CASE("early stopping on an error goes back to the weights with the smallest") {
  using Regression = Sequential<Input<1>, Dense<16>, Tanh, Dense<1>>;
  static Model<Regression> model;
  static Trainer<Regression, L1, Adam, 8> trainer;
  static Fit<Regression, L1, Adam, 8, StoppingOn<MeanAbsoluteError>::Early> fit;
  model.initialize(1);
  fit.epochs = 500;
  fit.validation_share = 0.5f;
  trainer.optimizer.learning_rate = 0.05f;
  std::vector<float> values;
  std::vector<std::uint64_t> hashes;
  CHECK(fit.run(model, trainer, Curve(),
                [&](const Progress& p) {
                  if (p.epoch_ended) {
                    values.push_back(fit.stopping.metric.value());
                    hashes.push_back(model.hash());
                    CHECK(p.validation.loss == doctest::Approx(values.back()).epsilon(1e-5));  // the same figure
                  }
                  return true;
                })
            .ok());
  CHECK(fit.stopping.stopped);
  std::size_t best = 0;
  for (std::size_t i = 0; i < values.size(); ++i) best = values[i] < values[best] ? i : best;
  CHECK(fit.stopping.best_epoch == static_cast<int>(best) + 1);
  CHECK(model.hash() == hashes[best]);
}
