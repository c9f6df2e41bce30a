// Mixup by hand, with classes and with numbers as targets, and in the training loop.
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <mica/mica.hpp>

#include "support.hpp"

namespace {

using namespace mica;

// Sample i is (i, 10 i, -i), its class i modulo 3.
struct Ramp {
  using Sample = Shape<3>;
  int size() const { return 12; }
  Status read(int index, float* sample, std::uint8_t& label) const {
    const float i = static_cast<float>(index);
    sample[0] = i, sample[1] = 10 * i, sample[2] = -i;
    label = static_cast<std::uint8_t>(index % 3);
    return {};
  }
};

// The same with two numbers as the target.
struct Line {
  using Sample = Shape<3>;
  static constexpr int targets = 2;
  int size() const { return 12; }
  Status read(int index, float* sample, float* target) const {
    std::uint8_t label;
    target[0] = static_cast<float>(100 * index), target[1] = 1;
    return Ramp().read(index, sample, label);
  }
};

TrainingSample of(int index, int partner, std::uint32_t epoch = 1) {
  return {index, partner, 3, Random(6).fork(epoch).fork(static_cast<std::uint32_t>(index))};
}

// Both samples are moved apart by noise before they are mixed.
struct AddOne {
  void change(ImageView image, Random random) const {
    for (int i = 0; i < image.size(); ++i) image.data[i] = image.data[i] + random.uniform(0);
  }
};

}  // namespace

static_assert(target_size<Augmented<Line, Mixup>> == 2);
static_assert(target_size<Augmented<Ramp, Mixup>> == 0);

TEST_CASE("two samples and their classes are mixed by one share") {
  const Ramp ramp;
  const Mixup mixup(0.4f);
  const Augmented mixed(ramp, mixup);
  float lowest = 1, highest = 0;
  for (int index = 0; index < 12; ++index) {
    for (int partner = 0; partner < 12; ++partner) {
      const TrainingSample which = of(index, partner, static_cast<std::uint32_t>(partner));
      const float share = mixup.share(which.random.fork(0)), rest = 1 - share;
      float sample[3], target[4] = {9, 9, 9, 9};
      REQUIRE(mixed.read_for_training(which, sample, target).ok());
      const double between = static_cast<double>(share) * index + static_cast<double>(rest) * partner;
      const double tolerance = 1e-6 * 12;
      CHECK(std::abs(static_cast<double>(sample[0]) - between) <= tolerance);
      CHECK(std::abs(static_cast<double>(sample[1]) - 10 * between) <= 10 * tolerance);
      CHECK(sample[2] == -sample[0]);
      float expected[3] = {};
      expected[index % 3] = share;
      expected[partner % 3] += rest;
      for (int c = 0; c < 3; ++c) CHECK(target[c] == expected[c]);
      CHECK(target[3] == 9);
      lowest = share < lowest ? share : lowest, highest = share > highest ? share : highest;
    }
  }
  CHECK((lowest < 0.01f && highest > 0.99f));
  // The plain sample has its class.
  float sample[3];
  std::uint8_t label = 9;
  REQUIRE(mixed.read(5, sample, label).ok());
  CHECK((sample[0] == 5 && label == 2));
}

TEST_CASE("targets that are numbers are mixed by the share of their samples") {
  const Line values;
  const Mixup mixup(1);
  const Augmented mixed(values, mixup);
  for (int index = 0; index < 12; ++index) {
    const TrainingSample which = of(index, 11 - index);
    const float share = mixup.share(which.random.fork(0)), rest = 1 - share;
    float sample[3], target[3] = {9, 9, 9};
    REQUIRE(mixed.read_for_training(which, sample, target).ok());
    const float partner = static_cast<float>(11 - index);
    CHECK(static_cast<double>(target[0]) ==
          doctest::Approx(100 * static_cast<double>(share * static_cast<float>(index) + rest * partner)).epsilon(1e-6));
    CHECK(target[1] == share + rest);
    CHECK(static_cast<double>(100 * sample[0]) == doctest::Approx(target[0]).epsilon(1e-6));
    CHECK(target[2] == 9);
  }
}

TEST_CASE("each of the two samples is augmented by draws of its own before they are mixed") {
  const Ramp ramp;
  const Augmented mixed(ramp, AddOne{}, Mixup(1));
  const TrainingSample which = of(4, 4);
  const float share = Mixup(1).share(which.random.fork(1));
  float sample[3], target[3];
  REQUIRE(mixed.read_for_training(which, sample, target).ok());
  const float a = 4 + which.random.fork(0).uniform(0), b = 4 + which.random.fork(0x80000000).fork(0).uniform(0);
  CHECK(a != b);
  CHECK(static_cast<double>(sample[0]) == doctest::Approx(share * a + (1 - share) * b).epsilon(1e-6));
  CHECK(target[1] == doctest::Approx(1));
}

TEST_CASE("mixing by a share of 0 or 1 leaves one of the two, bit for bit") {
  tests::Numbers numbers(3);
  float a[5], b[5], only_a[5], only_b[5];
  for (int i = 0; i < 5; ++i) only_a[i] = a[i] = numbers.wide(), only_b[i] = b[i] = numbers.wide();
  mix(5, 1, b, a);
  for (int i = 0; i < 5; ++i) CHECK(a[i] == only_a[i]);
  mix(5, 0, b, a);
  for (int i = 0; i < 5; ++i) CHECK(a[i] == only_b[i]);
}

namespace {

using Net = Sequential<Input<8, 8, 1>, Dense<32>, ReLU, Dense<10>>;
using Digits = SyntheticDigits<Shape<8, 8, 1>>;

template <class Loss>
struct Run {
  Model<Net> model;
  Trainer<Net, Loss, SGDMomentum, 16> trainer;
  Fit<Net, Loss, SGDMomentum, 16> fit;

  // The validation's figures; the model's hash is that of the training.
  template <class Data>
  Evaluation train(const Data& data, int first_epoch, int epochs) {
    if (first_epoch == 1) model.initialize(1);
    fit.seed = 2;
    fit.validation_share = 0.25f;
    fit.first_epoch = first_epoch;
    fit.epochs = epochs;
    Evaluation validation;
    const Status status = fit.run(model, trainer, data, [&](const Progress& p) {
      if (p.epoch_ended) validation = p.validation;
      return true;
    });
    CHECK_MESSAGE(status.ok(), doctest::String(status.message()));
    return validation;
  }
};

}  // namespace

TEST_CASE("a classifier is trained on mixed digits and validated on real ones") {
  static Run<SoftTargetCrossEntropy> run, again;
  static Evaluator<Net, SoftmaxCrossEntropy, 16> evaluator;
  const auto digits = Digits::training(800, 1), others = Digits::testing(400, 1);
  const Augmented mixed(digits, Shift{1}, Mixup{0.4f});
  const Evaluation validation = run.train(mixed, 1, 20);
  // A label is a share of 1: the loss that takes labels says the same of the samples kept for validation.
  Evaluation by_label, tested;
  const Split split = run.fit.split(800);
  CHECK(evaluator.run(run.model, digits, split.training(), split.validation(), split, by_label).ok());
  CHECK(validation.loss == by_label.loss);
  CHECK(validation.accuracy == by_label.accuracy);
  CHECK(evaluator.run(run.model, others, tested).ok());
  CHECK(tested.accuracy > 0.75f);
  // Resumed, it mixes the same.
  again.train(mixed, 1, 7);
  again.train(mixed, 8, 20);
  CHECK(again.model.hash() == run.model.hash());
}

TEST_CASE("early stopping on a metric works on the labels of the validation part") {
  static Model<Net> model;
  static Trainer<Net, SoftTargetCrossEntropy, SGDMomentum, 16> trainer;
  static Fit<Net, SoftTargetCrossEntropy, SGDMomentum, 16, StoppingOn<Accuracy>::Early> fit;
  const auto digits = Digits::training(300, 1);
  model.initialize(1);
  fit.validation_share = 0.25f;
  fit.epochs = 5;
  CHECK(fit.run(model, trainer, Augmented(digits, Mixup{}),
                [](const Progress& p) {
                  if (p.epoch_ended) CHECK(p.validation.accuracy > 0);
                  return true;
                })
            .ok());
  CHECK(fit.stopping.best_value > 0.3f);
  Evaluation result;
  static Evaluator<Net, SoftTargetCrossEntropy, 16> evaluator;
  Accuracy::On<Shape<10>> accuracy;
  CHECK(evaluator.run(model, digits, result, accuracy).ok());
  CHECK(accuracy.value() == result.accuracy);
}

TEST_CASE("without mixing, shares of classes train as labels do") {
  static Run<SoftTargetCrossEntropy> shares;
  static Run<SoftmaxCrossEntropy> labels;
  static Run<Sum<KLDivergence>> unused;
  const auto digits = Digits::training(200, 1);
  const Evaluation a = shares.train(digits, 1, 2), b = labels.train(digits, 1, 2);
  CHECK(shares.model.hash() == labels.model.hash());
  CHECK(a.loss == b.loss);
  CHECK(unused.fit.epochs == 1);
  static_assert(takes_class_shares<Sum<KLDivergence>::On<Shape<10>>>);
  static_assert(!takes_class_shares<MeanSquaredError::On<Shape<10>>>);
}

TEST_CASE("numbers are mixed in training and not in validation") {
  using LineNet = Sequential<Input<3>, Dense<2>>;
  static Model<LineNet> model;
  static Trainer<LineNet, MeanSquaredError, SGD, 4> trainer;
  static Fit<LineNet, MeanSquaredError, SGD, 4> fit;
  static Evaluator<LineNet, MeanSquaredError, 4> evaluator;
  trainer.optimizer.learning_rate = 0;
  fit.validation_share = 0.5f;
  model.initialize(1);
  const Line values;
  const Augmented mixed(values, Mixup{1});
  Evaluation plain, varied;
  const auto keep = [](Evaluation& to) {
    return [&to](const Progress& p) {
      to = p.validation;
      return true;
    };
  };
  CHECK(fit.run(model, trainer, values, keep(plain)).ok());
  CHECK(fit.run(model, trainer, mixed, keep(varied)).ok());
  CHECK(plain.loss == varied.loss);
  CHECK(evaluator.run(model, mixed, varied).ok());
}
