// Training in slices: one layer at a time, with the bits of whole steps.
#include <cstring>

#include <doctest/doctest.h>
#include <mica/mica.hpp>

#include "support.hpp"

namespace {

using namespace mica;

using Net = Sequential<Input<6, 6, 1>, Conv2d<3, 3, Same>, BatchNorm<>, ReLU, MaxPool2d<2>, Dropout<1, 4>, Dense<7>,
                       Tanh, Dense<4>>;
constexpr int batch = 5;

struct Data {
  float x[batch * 36];
  std::uint8_t labels[batch];
  explicit Data(std::uint32_t seed) {
    tests::Numbers numbers(seed);
    for (float& v : x) v = numbers.even();
    for (auto& label : labels) label = static_cast<std::uint8_t>(numbers.below(4));
  }
};

template <class Trained>
void prepare(Model<Net>& model, Trained& trainer) {
  model.initialize(3);
  trainer.reset();
  trainer.seed = 11;
  trainer.optimizer.learning_rate = 0.05f;
}

// Ten steps, whole or in slices; returns the number of calls of advance() that a step took.
template <class Trained>
int train(Model<Net>& model, Trained& trainer, bool in_slices) {
  int slices = 0;
  for (std::uint32_t step = 0; step < 10; ++step) {
    const Data data(step);
    const int size = batch - static_cast<int>(step) % 2;
    if (!in_slices) {
      trainer.step(model, {data.x, size}, {data.labels, size});
      continue;
    }
    trainer.begin({data.x, size}, {data.labels, size});
    slices = 1;
    while (trainer.advance(model)) ++slices;
    CHECK_FALSE(trainer.advance(model));  // nothing happens when a step is done
  }
  return slices;
}

template <class Trained>
void compare(int micro_batches) {
  static Model<Net> whole, sliced;
  static Trained in_one, in_slices;
  prepare(whole, in_one);
  prepare(sliced, in_slices);
  if constexpr (Trained::keeps_gradient) in_one.micro_batches = in_slices.micro_batches = micro_batches;
  train(whole, in_one, false);
  // Forward and backward of eight layers, the loss, the update.
  CHECK(train(sliced, in_slices, true) == 2 * 8 + 2);
  CHECK(std::memcmp(&whole, &sliced, sizeof whole) == 0);
  CHECK(in_one.loss() == in_slices.loss());
  CHECK(in_one.steps() == in_slices.steps());
}

}  // namespace

TEST_CASE("slices give the bits of whole steps") {
  compare<Trainer<Net, SoftmaxCrossEntropy, Adam, batch>>(1);
  compare<Trainer<Net, SoftmaxCrossEntropy, SGDMomentum, batch>>(3);
  compare<Trainer<Net, SoftmaxCrossEntropy, FusedUpdate<SGD>, batch>>(1);
}

TEST_CASE("between slices the model may be used, and only the last one changes its parameters") {
  static Model<Net> model;
  static Trainer<Net, SoftmaxCrossEntropy, SGD, batch> trainer;
  static Predictor<Net> predict;
  prepare(model, trainer);
  const Data data(1);
  float before[4], between[4];
  const Model<Net> first = model;
  trainer.begin({data.x, batch}, {data.labels, batch});
  for (int slice = 1; slice < 2 * 8 + 2; ++slice) {
    CHECK(trainer.advance(model));
    predict(first, {data.x, 1}, {before, 1});
    CHECK(std::memcmp(first.parameters(), model.parameters(), sizeof(float) * Net::parameters) == 0);
  }
  CHECK_FALSE(trainer.advance(model));
  predict(model, {data.x, 1}, {between, 1});
  CHECK(std::memcmp(before, between, sizeof before) != 0);
}

TEST_CASE("a frozen beginning needs no slices on the way back") {
  using Tuned = FreezeFirst<5, Net>;
  static Model<Tuned> model;
  static Trainer<Tuned, SoftmaxCrossEntropy, SGD, batch> trainer;
  model.initialize(3);
  const Data data(1);
  trainer.begin({data.x, batch}, {data.labels, batch});
  int slices = 1;
  while (trainer.advance(model)) ++slices;
  CHECK(slices == 8 + 1 + 3 + 1);
}

TEST_CASE("a refused batch ends the step at once") {
  static Model<Net> model;
  static Trainer<Net, SoftmaxCrossEntropy, SGD, batch, SkipNotFinite> trainer;
  model.initialize(3);
  Data data(1);
  data.x[40] = __builtin_nanf("");
  const Model<Net> first = model;
  trainer.begin({data.x, batch}, {data.labels, batch});
  CHECK_FALSE(trainer.advance(model));
  CHECK_FALSE(trainer.advance(model));
  CHECK(trainer.refused());
  CHECK(trainer.steps() == 0);
  CHECK(std::memcmp(&first, &model, sizeof first) == 0);
}
