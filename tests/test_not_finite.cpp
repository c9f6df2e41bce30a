// What becomes of NaN and infinity in the input, the weights, the loss and the gradient.
#include <cmath>
#include <cstring>
#include <limits>
#include <string>

#include <doctest/doctest.h>
#include <mica/mica.hpp>

namespace {

using namespace mica;

constexpr float not_a_number = std::numeric_limits<float>::quiet_NaN();
constexpr float inf = std::numeric_limits<float>::infinity();

// BatchNorm has running statistics that a bad batch must not change.
using Checked = Sequential<Input<2>, Dense<3>, BatchNorm<>, ReLU, Dense<2>>;
template <class Check, class Optimizer = SGD>
using CheckedTrainer = Trainer<Checked, SoftmaxCrossEntropy, Optimizer, 4, Check>;

std::string message_of(const Status& status) { return status.message(); }

}  // namespace

TEST_CASE("looking for NaN costs nothing where it is not asked for") {
  CHECK(sizeof(CheckedTrainer<IgnoreNotFinite>) == sizeof(Trainer<Checked, SoftmaxCrossEntropy, SGD, 4>));
  CHECK(sizeof(CheckedTrainer<SkipNotFinite>) - sizeof(CheckedTrainer<IgnoreNotFinite>) <=
        40 + sizeof(float) * Checked::statistics);
  static CheckedTrainer<IgnoreNotFinite> trainer;
  static Model<Checked> model;
  model.initialize(1);
  float x[] = {1, 2, not_a_number, 4};
  const std::uint8_t labels[] = {0, 1};
  trainer.step(model, {x, 2}, {labels, 2});
  CHECK(!trainer.refused());
  CHECK(trainer.steps() == 1);
  CHECK(std::isnan(model.parameters()[0]));
}

TEST_CASE_TEMPLATE("NaN and infinity are found, named, and change nothing", Trained, CheckedTrainer<SkipNotFinite>,
                   CheckedTrainer<StopAtNotFinite>, CheckedTrainer<StopAtNotFinite, FusedUpdate<SGD>>,
                   CheckedTrainer<SkipNotFinite, Adam>) {
  static Trained trainer, clean;
  static Model<Checked> model, expected;
  const std::uint8_t labels[] = {0, 1, 1, 0};
  const float good[] = {1, 2, -1, 0.5f, 3, 4, 0, 1};
  model.initialize(1);
  expected.initialize(1);
  const auto refused = [&](const float(&x)[8], const char* sentence) {
    const std::uint64_t before = model.hash();
    const long steps = trainer.steps(), skipped = trainer.skipped();
    CHECK(std::isnan(trainer.step(model, {x, 4}, {labels, 4})));
    CHECK(trainer.refused());
    CHECK(message_of(trainer.status()) == sentence);
    CHECK(model.hash() == before);
    CHECK(trainer.steps() == steps);
    CHECK(trainer.skipped() == skipped + 1);
  };
  for (int step = 1; step <= 3; ++step) {
    for (const float bad : {not_a_number, inf, -inf}) {
      float x[8];
      std::memcpy(x, good, sizeof x);
      x[5] = bad;
      const std::string number = std::to_string(step);
      refused(x, ("Step " + number + ": in the input, number 1 of sample 2 of the batch is NaN or infinite.").c_str());
    }
    // Too large for the variance: the mean and variance of BatchNorm would be lost.
    float large[8];
    std::memcpy(large, good, sizeof large);
    large[0] = 3e38f;
    large[2] = -3e38f;
    const std::uint64_t before = model.hash();
    (void)trainer.step(model, {large, 4}, {labels, 4});
    CHECK(trainer.refused());
    const std::string found = message_of(trainer.status());
    CAPTURE(found);
    CHECK(found.find("Step " + std::to_string(step) + ": the loss is not finite; the first output") == 0);
    CHECK((found.find("layer 1, Dense<3>") != std::string::npos ||
           found.find("layer 2, BatchNorm") != std::string::npos));
    CHECK(model.hash() == before);
    // A good batch goes on as if nothing had been.
    trainer.step(model, {good, 4}, {labels, 4});
    clean.step(expected, {good, 4}, {labels, 4});
    CHECK(!trainer.refused());
    CHECK(trainer.status().ok());
    CHECK(model.hash() == expected.hash());
  }
  // In the weights, which nothing can repair.
  model.parameters()[Checked::parameters - 3] = not_a_number;
  float x[8];
  std::memcpy(x, good, sizeof x);
  CHECK(std::isnan(trainer.step(model, {x, 4}, {labels, 4})));
  CHECK(message_of(trainer.status()) ==
        "Step 4: the loss is not finite; parameter 5 is NaN or infinite in layer 4, Dense<2>.");
}

TEST_CASE("a loss that is too large, and a gradient") {
  using Line = Sequential<Input<1>, Dense<1, Constant<1, 1>>>;
  static Trainer<Line, MeanSquaredError, SGD, 2, SkipNotFinite> trainer;
  static Model<Line> model;
  model.initialize(1);
  const float x[] = {1, 1e25f}, target[] = {0, 0};
  trainer.step(model, {x, 2}, {target, 2});
  CHECK(message_of(trainer.status()) ==
        "Step 1: the loss is NaN or infinite, but no output is: the target may hold NaN, or the loss is too large.");
  const float fine[] = {1, 1}, unknown[] = {0, not_a_number};
  trainer.step(model, {fine, 2}, {unknown, 2});
  CHECK(message_of(trainer.status()) ==
        "Step 1: the loss is NaN or infinite, but no output is: the target may hold NaN, or the loss is too large.");
  CHECK(model.parameters()[0] == 1);
  trainer.gradients()[1] = inf;
  trainer.apply(model);
  CHECK(trainer.refused());
  CHECK(message_of(trainer.status()) == "Step 1: the gradient of layer 1, Dense<1> is NaN or infinite.");
  CHECK(trainer.gradients()[1] == 0);
  CHECK(trainer.skipped() == 3);
  CHECK(trainer.steps() == 0);
}

TEST_CASE("a gradient that is not finite takes the batch's running statistics with it") {
  static CheckedTrainer<SkipNotFinite> trainer;
  static Model<Checked> model;
  model.initialize(1);
  const float x[] = {1, 2, -1, 0.5f, 3, 4, 0, 1};
  const std::uint8_t labels[] = {0, 1, 1, 0};
  const std::uint64_t before = model.hash();
  trainer.backpropagate(model, {x, 4}, {labels, 4});
  CHECK(model.hash() != before);
  trainer.gradients()[0] = not_a_number;
  trainer.apply(model);
  CHECK(trainer.refused());
  CHECK(model.hash() == before);
}

namespace {

struct Samples {
  using Sample = Shape<2>;
  int bad = -1;
  int size() const { return 20; }
  Status read(int index, float* sample, std::uint8_t& label) const {
    sample[0] = index == bad ? inf : static_cast<float>(index % 5) - 2;
    sample[1] = static_cast<float>(index % 3);
    label = index % 5 > 2 ? 1 : 0;
    return {};
  }
};

}  // namespace

TEST_CASE("Fit stops at NaN with a sentence, or skips the batch and keeps its figures clean") {
  static CheckedTrainer<StopAtNotFinite> stops;
  static CheckedTrainer<SkipNotFinite> skips;
  static Fit<Checked, SoftmaxCrossEntropy, SGD, 4> fit;
  static Model<Checked> model;
  fit.shuffle = false;
  model.initialize(1);
  const auto go_on = [](const Progress&) { return true; };
  const Status status = fit.run(model, stops, Samples{9}, go_on);
  CHECK(!status.ok());
  CHECK(message_of(status) == "Step 3: in the input, number 0 of sample 1 of the batch is NaN or infinite.");
  CHECK(stops.steps() == 2);
  float loss = 0;
  int calls = 0;
  CHECK(fit.run(model, skips, Samples{9},
                [&](const Progress& p) {
                  loss = p.training.loss;
                  ++calls;
                  return true;
                })
            .ok());
  CHECK(calls == 6);  // five batches and the end of the epoch
  CHECK(skips.steps() == 4);
  CHECK(skips.skipped() == 1);
  CHECK(std::isfinite(loss));
  CHECK(loss > 0);
  for (int i = 0; i < Checked::parameters + Checked::statistics; ++i) {
    CHECK(std::isfinite(reinterpret_cast<const float*>(&model)[i]));
  }
}
