// The training loop: every sample once per epoch, validation, early stopping, callbacks, resuming, data that fail.
#include <cstring>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <mica/mica.hpp>

#include "support.hpp"

namespace {

using namespace mica;
using Net = Sequential<Input<3>, Dense<4>, Tanh, Dense<3>>;
constexpr int batch = 8;
using Trained = Trainer<Net, SoftmaxCrossEntropy, SGDMomentum, batch>;
template <template <class> class Stopping = NeverStopping>
using FitOf = Fit<Net, SoftmaxCrossEntropy, SGDMomentum, batch, Stopping>;

// Points around three corners. Keeps the order in which they were read; one of them may be broken.
struct Points {
  using Sample = Shape<3>;
  int count = 50;
  int fails_at = -1, wrong_label_at = -1;
  bool noise = false;  // labels that have nothing to do with the points
  mutable std::vector<int> reads;

  int size() const { return count; }
  Status read(int index, float* sample, std::uint8_t& label) const {
    reads.push_back(index);
    if (index == fails_at) return Status::error(Status::Message() << "Point " << index << " is lost.");
    const Random random = Random(99).fork(static_cast<std::uint32_t>(index));
    const int corner = index % 3;
    for (int i = 0; i < 3; ++i) {
      sample[i] = (i == corner ? 1.0f : 0.0f) + random.uniform(static_cast<std::uint32_t>(i)) - 0.5f;
    }
    label = static_cast<std::uint8_t>(index == wrong_label_at ? 3 : corner);
    if (noise) label = static_cast<std::uint8_t>(random.below(3, 100));
    return {};
  }
};
static_assert(is_dataset<Points>, "");

// Everything of one run; the weights start from seed 1.
template <template <class> class Stopping = NeverStopping>
struct Run {
  Model<Net> model;
  Trained trainer;
  FitOf<Stopping> fit;
  Points data;

  Run() {
    model.initialize(1);
    fit.seed = 5;
  }
  template <class Callback>
  Status operator()(Callback callback) {
    return fit.run(model, trainer, data, callback);
  }
  Status operator()() {
    return (*this)([](const Progress&) { return true; });
  }
};

std::vector<int> times_read(const std::vector<int>& reads, int count) {
  std::vector<int> times(static_cast<std::size_t>(count), 0);
  for (const int index : reads) ++times[static_cast<std::size_t>(index)];
  return times;
}

}  // namespace

TEST_CASE("every sample is used once per epoch, in a new order each time, the last batch smaller") {
  Run<> run;
  run.fit.epochs = 3;
  std::vector<int> sizes, orders[3];
  int done = 0;
  const Status status = run([&](const Progress& p) {
    if (p.epoch_ended) {
      CHECK(p.samples_done == 50);
      orders[p.epoch - 1] = run.data.reads;
      run.data.reads.clear();
      done = 0;
    } else {
      sizes.push_back(p.samples_done - done);
      done = p.samples_done;
      CHECK((p.samples == 50 && p.epochs == 3));
    }
    return true;
  });
  CHECK(status.ok());
  CHECK(sizes == std::vector<int>{8, 8, 8, 8, 8, 8, 2, 8, 8, 8, 8, 8, 8, 2, 8, 8, 8, 8, 8, 8, 2});
  CHECK(run.trainer.steps() == 21);
  for (const auto& order : orders) CHECK(times_read(order, 50) == std::vector<int>(50, 1));
  CHECK((orders[0] != orders[1] && orders[1] != orders[2]));
}

TEST_CASE("without shuffling the order is that of the data") {
  Run<> run;
  run.fit.shuffle = false;
  CHECK(run().ok());
  for (int i = 0; i < 50; ++i) CHECK(run.data.reads[static_cast<std::size_t>(i)] == i);
}

TEST_CASE("the validation share is fixed, is never trained on, and is measured without training") {
  Run<> run;
  run.fit.epochs = 4;
  run.fit.validation_share = 0.3f;
  std::vector<int> held_back;
  const Status status = run([&](const Progress& p) {
    CHECK(p.samples == 35);
    if (!p.epoch_ended) return true;
    std::vector<int> trained(run.data.reads.begin(), run.data.reads.begin() + 35);
    const std::vector<int> validated(run.data.reads.begin() + 35, run.data.reads.end());
    CHECK(validated.size() == 15);
    if (held_back.empty()) held_back = validated;
    CHECK(validated == held_back);
    trained.insert(trained.end(), validated.begin(), validated.end());
    CHECK(times_read(trained, 50) == std::vector<int>(50, 1));
    run.data.reads.clear();

    // The same figures by hand.
    Predictor<Net> predict;
    double loss = 0;
    int right = 0;
    for (const int index : held_back) {
      Tensor<float, 1, 3> x, y;
      std::uint8_t label;
      CHECK(run.data.read(index, x.data(), label).ok());
      predict(run.model, x, y);
      float one_loss;
      right += kernels::softmax_cross_entropy(1, 3, y.data(), &label, 1.0f, &one_loss, y.data());
      loss += static_cast<double>(one_loss) / 15;
    }
    run.data.reads.clear();
    CHECK(static_cast<double>(p.validation.loss) == doctest::Approx(loss).epsilon(1e-6));
    CHECK(p.validation.accuracy == static_cast<float>(right) / 15);
    return true;
  });
  CHECK(status.ok());
}

TEST_CASE("training figures are the mean over the epoch so far, and training works") {
  Run<> run;
  run.fit.epochs = 20;
  run.trainer.optimizer.learning_rate = 0.1f;
  double loss = 0;
  int right = 0, before = 0;
  float accuracy = 0;
  const Status status = run([&](const Progress& p) {
    if (p.epoch_ended) {
      accuracy = p.training.accuracy;
      loss = right = before = 0;
      return true;
    }
    loss += static_cast<double>(run.trainer.loss()) * (p.samples_done - before);
    right += run.trainer.correct();
    before = p.samples_done;
    CHECK(static_cast<double>(p.training.loss) == doctest::Approx(loss / before).epsilon(1e-5));
    CHECK(p.training.accuracy == static_cast<float>(right) / static_cast<float>(before));
    return true;
  });
  CHECK(status.ok());
  CHECK(accuracy > 0.85f);
}

TEST_CASE("early stopping goes back to the best weights") {
  Run<EarlyStopping> run;
  run.data.count = 60;
  run.data.noise = true;  // whatever is learnt makes the validation loss rise in the end
  run.fit.epochs = 400;
  run.fit.validation_share = 0.5f;
  run.fit.stopping.patience = 4;
  run.trainer.optimizer.learning_rate = 0.3f;
  std::vector<float> losses;
  std::vector<std::uint64_t> hashes;
  const Status status = run([&](const Progress& p) {
    if (p.epoch_ended) {
      losses.push_back(p.validation.loss);
      hashes.push_back(run.model.hash());
    }
    return true;
  });
  CHECK(status.ok());
  CHECK(run.fit.stopping.stopped);
  REQUIRE(losses.size() < 400);
  std::size_t best = 0;
  for (std::size_t i = 0; i < losses.size(); ++i) best = losses[i] < losses[best] ? i : best;
  CHECK(losses.size() == best + 1 + 4);
  CHECK(run.fit.stopping.best_epoch == static_cast<int>(best) + 1);
  CHECK(run.fit.stopping.best_loss == losses[best]);
  CHECK(run.model.hash() == hashes[best]);
  CHECK(hashes.back() != hashes[best]);
}

TEST_CASE("the callback stops training, after a step or after an epoch") {
  Run<> run;
  run.fit.epochs = 10;
  int calls = 0;
  CHECK(run([&](const Progress&) { return ++calls < 3; }).ok());
  CHECK(calls == 3);
  CHECK(run.trainer.steps() == 3);
  int epochs = 0;
  CHECK(run([&](const Progress& p) {
          epochs += p.epoch_ended ? 1 : 0;
          return epochs < 2;
        }).ok());
  CHECK(epochs == 2);
  CHECK(run.trainer.steps() == 3 + 14);
}

TEST_CASE("resumed at first_epoch it goes on bit for bit") {
  for (const float share : {0.0f, 0.2f}) {
    Run<> whole, parts;
    whole.fit.epochs = 5;
    whole.fit.validation_share = parts.fit.validation_share = share;
    CHECK(whole().ok());
    parts.fit.epochs = 2;
    CHECK(parts().ok());
    CHECK(parts.model.hash() != whole.model.hash());
    parts.fit.first_epoch = 3;
    parts.fit.epochs = 5;
    CHECK(parts().ok());
    CHECK(parts.model.hash() == whole.model.hash());
    CHECK(parts.trainer.steps() == whole.trainer.steps());
  }
}

TEST_CASE("the seed decides the order, and with it the weights") {
  Run<> a, b, c;
  c.fit.seed = 6;
  CHECK(a().ok());
  CHECK(b().ok());
  CHECK(c().ok());
  CHECK(a.model.hash() == b.model.hash());
  CHECK(a.model.hash() != c.model.hash());
}

TEST_CASE("data that fail end training with their own message") {
  Run<> run;
  run.data.fails_at = 17;
  const Status status = run();
  CHECK(!status.ok());
  CHECK(std::string(status.message()) == "Point 17 is lost.");
  CHECK(run.data.reads.back() == 17);
  // Also among the samples kept for validation.
  Run<> validating;
  validating.fit.validation_share = 0.5f;
  CHECK(validating().ok());
  validating.data.fails_at = validating.data.reads.back();
  CHECK(!validating().ok());
}

TEST_CASE("a label out of range is a sentence, and the bad batch is not trained on") {
  Run<> run;
  run.fit.shuffle = false;
  run.data.wrong_label_at = 9;
  const Status status = run();
  CHECK(!status.ok());
  CHECK(std::string(status.message()) == "Sample 9 has the label 3, but the network has 3 classes, counted from 0.");
  CHECK(run.trainer.steps() == 1);
}

TEST_CASE("a validation share that leaves nothing to train on, or is negative, is refused") {
  for (const float share : {1.0f, 1.5f, -0.5f}) {
    Run<> run;
    run.fit.validation_share = share;
    const std::uint64_t before = run.model.hash();
    const Status status = run();
    CHECK(!status.ok());
    CHECK(run.model.hash() == before);
    CHECK(run.data.reads.empty());
  }
  Run<> empty;
  empty.data.count = 0;
  CHECK(!empty().ok());
}

namespace {

// Numbers as targets.
struct Curve {
  using Sample = Shape<1>;
  int size() const { return 40; }
  Status read(int index, float* sample, float* target) const {
    sample[0] = static_cast<float>(index) / 20 - 1;
    target[0] = sample[0] * sample[0];
    return {};
  }
};
static_assert(is_dataset<Curve, float*>, "");

}  // namespace

TEST_CASE("a network that predicts numbers is trained the same way") {
  using Regression = Sequential<Input<1>, Dense<16>, Tanh, Dense<1>>;
  static Model<Regression> model;
  static Trainer<Regression, MeanSquaredError, SGDMomentum, 8> trainer;
  static Fit<Regression, MeanSquaredError, SGDMomentum, 8> fit;
  static Evaluator<Regression, MeanSquaredError, 16> evaluator;
  model.initialize(1);
  trainer.optimizer.learning_rate = 0.1f;
  fit.epochs = 200;
  CHECK(fit.run(model, trainer, Curve(), [](const Progress&) { return true; }).ok());
  Evaluation result;
  CHECK(evaluator.run(model, Curve(), result).ok());
  CHECK(result.loss < 0.003f);
}
