// What a trainer can do beside plain steps: parameter groups, micro-batches, clipping by value, updates fused with
// backpropagation.
#include <cmath>

#include <doctest/doctest.h>
#include <mica/io/checkpoint.hpp>
#include <mica/mica.hpp>

#include "support.hpp"

namespace {

using namespace mica;
using tests::Numbers;

using Net = Sequential<Input<6>, Dense<9>, PReLU, Dense<5>, ReLU, Dense<4>>;
constexpr int batch = 8;

struct Batch {
  float x[4 * batch * 6];
  std::uint8_t labels[4 * batch];
  explicit Batch(std::uint32_t seed) {
    Numbers numbers(seed);
    for (float& v : x) v = numbers.even();
    for (auto& label : labels) label = static_cast<std::uint8_t>(numbers.below(4));
  }
};

template <class Trained>
void train(Model<Net>& model, Trained& trainer, int steps, std::uint32_t seed = 1) {
  model.initialize(7);
  for (int i = 0; i < steps; ++i) {
    Batch data(seed + static_cast<std::uint32_t>(i));
    const int size = i % 3 == 2 ? 5 : batch;
    trainer.step(model, {data.x, size}, {data.labels, size});
  }
}

}  // namespace

TEST_CASE("weights and what is not multiplied with an input are told apart by their dimensions") {
  constexpr auto list = parameter_spans<Net::Params>;
  const int counts[] = {54, 9 + 9, 45, 5, 20, 4};  // PReLU's slopes join the biases before them
  CHECK(list.size == 6);
  int first = 0;
  for (int i = 0; i < 6; ++i) {
    CHECK(list.spans[i].first == first);
    CHECK(list.spans[i].count == counts[i]);
    CHECK(list.spans[i].is_weight == (i % 2 == 0));
    first += counts[i];
  }
  CHECK(list.total == Net::parameters);
}

namespace {

struct Stated {
  static constexpr bool is_weight[] = {false, true, false};
  Tensor<float, 2, 3> bias;
  Tensor<float, 4> weight;
  float scale;
};
struct Nested {
  Net::Params chain;
  Stated stated;
};

}  // namespace

TEST_CASE("a struct of parameters may state its groups itself, and may hold others") {
  constexpr auto list = parameter_spans<Stated>;
  CHECK(list.size == 3);
  CHECK((list.spans[0].count == 6 && !list.spans[0].is_weight));
  CHECK((list.spans[1].count == 4 && list.spans[1].is_weight && list.spans[1].first == 6));
  CHECK((list.spans[2].count == 1 && !list.spans[2].is_weight));
  CHECK(parameter_spans<Nested>.total == Net::parameters + 11);
  CHECK(parameter_spans<Nested>.size == 8);  // the last biases of both stand side by side
}

TEST_CASE_TEMPLATE("decay_biases says whether biases decay, in every optimizer", Optimizer, SGD, SGDMomentum, Adam,
                   AdamW, Nadam, RMSprop, RMSpropMomentum, Adagrad, Lion) {
  for (const bool biases : {false, true}) {
    static Model<Net> model;
    static Trainer<Net, SoftmaxCrossEntropy, Optimizer, batch> trainer;
    trainer.reset();
    trainer.optimizer.learning_rate = 0.125f;
    trainer.optimizer.weight_decay = 0.5f;
    trainer.optimizer.decay_biases = biases;
    for (int i = 0; i < Net::parameters; ++i) model.parameters()[i] = 2;
    trainer.apply(model);  // with a gradient of 0
    for (const ParameterSpan span : parameter_spans<Net::Params>.spans) {
      for (int i = span.first; i < span.first + span.count; ++i) {
        CHECK((model.parameters()[i] < 2) == (span.is_weight || biases));
      }
    }
  }
}

TEST_CASE_TEMPLATE("updates in spans have the bits of one update", Optimizer, SGD, SGDMomentum, Adam, AdamW, Nadam,
                   RMSprop, RMSpropMomentum, Adagrad, Lion) {
  static Model<Net> a, b;
  static Trainer<Net, SoftmaxCrossEntropy, Optimizer, batch> whole, spans;
  whole.reset();
  spans.reset();
  whole.optimizer.weight_decay = spans.optimizer.weight_decay = 1e-30f;  // too small to be seen
  whole.optimizer.decay_biases = true;
  spans.optimizer.decay_biases = false;
  train(a, whole, 6);
  train(b, spans, 6);
  CHECK(a.hash() == b.hash());
}

TEST_CASE_TEMPLATE("FusedUpdate gives the same bits and keeps the gradient of one layer", Optimizer, SGD, SGDMomentum,
                   AdamW, Lion) {
  using Plain = Trainer<Net, SoftmaxCrossEntropy, Optimizer, batch>;
  using Fused = Trainer<Net, SoftmaxCrossEntropy, FusedUpdate<Optimizer>, batch>;
  // The largest layer is Dense<9>: 63 numbers of 63 + 9 + 50 + 24.
  static_assert(sizeof(Plain) - sizeof(Fused) >= sizeof(float) * (Net::parameters - 63), "no gradient is left over");
  static Model<Net> a, b;
  static Plain plain;
  static Fused fused;
  for (const float clip : {0.0f, 0.01f}) {
    plain.reset();
    fused.reset();
    plain.clip_value = fused.clip_value = clip;
    plain.schedule = fused.schedule = Schedule::step(4, 0.5f);
    plain.optimizer.weight_decay = fused.optimizer.weight_decay = 0.01f;
    train(a, plain, 10);
    train(b, fused, 10);
    CHECK(a.hash() == b.hash());
    CHECK(plain.loss() == fused.loss());
    CHECK(plain.steps() == fused.steps());
  }
}

TEST_CASE("checkpoints go from plain to fused training and back") {
  static Trainer<Net, SoftmaxCrossEntropy, SGDMomentum, batch> plain;
  static Trainer<Net, SoftmaxCrossEntropy, FusedUpdate<SGDMomentum>, batch> fused;
  static Model<Net> a, b;
  static unsigned char bytes[8192];
  io::TrainingPosition position;
  train(a, plain, 4);
  io::MemorySink sink(bytes, sizeof bytes);
  REQUIRE(io::save(a, plain, position, sink).ok());
  const Status loaded = io::load(b, fused, position, io::MemorySource(bytes, sink.used()));
  REQUIRE_MESSAGE(loaded.ok(), loaded.message());
  Batch data(50);
  plain.step(a, {data.x, batch}, {data.labels, batch});
  fused.step(b, {data.x, batch}, {data.labels, batch});
  CHECK(a.hash() == b.hash());
  io::MemorySink again(bytes, sizeof bytes);
  REQUIRE(io::save(b, fused, position, again).ok());
  plain.reset();
  REQUIRE(io::load(a, plain, position, io::MemorySource(bytes, again.used())).ok());
  plain.step(a, {data.x, batch}, {data.labels, batch});
  fused.step(b, {data.x, batch}, {data.labels, batch});
  CHECK(a.hash() == b.hash());
  // What a fused trainer cannot go on with is refused.
  plain.clip_norm = 1;
  io::MemorySink clipped(bytes, sizeof bytes);
  REQUIRE(io::save(a, plain, position, clipped).ok());
  const std::uint64_t before = b.hash();
  CHECK(!io::load(b, fused, position, io::MemorySource(bytes, clipped.used())).ok());
  CHECK(b.hash() == before);
  plain.micro_batches = 2;
  plain.step(a, {data.x, batch}, {data.labels, batch});
  io::MemorySink incomplete(bytes, sizeof bytes);
  CHECK(!io::save(a, plain, position, incomplete).ok());
  CHECK(incomplete.used() == 0);
}

TEST_CASE_TEMPLATE("an optimizer that knows the step resumes bit for bit", Optimizer, Adam, AdamW, Nadam, RMSprop,
                   RMSpropMomentum, Adagrad, Lion) {
  static Trainer<Net, SoftmaxCrossEntropy, Optimizer, batch> whole, first, second;
  static Model<Net> a, b, c;
  static unsigned char bytes[8192];
  io::TrainingPosition position;
  whole.optimizer.learning_rate = first.optimizer.learning_rate = 0.02f;
  train(a, whole, 5);
  train(b, first, 4);
  io::MemorySink sink(bytes, sizeof bytes);
  REQUIRE(io::save(b, first, position, sink).ok());
  REQUIRE(io::load(c, second, position, io::MemorySource(bytes, sink.used())).ok());
  Batch data(5);
  second.step(c, {data.x, batch}, {data.labels, batch});
  CHECK(c.hash() == a.hash());
}

TEST_CASE("micro-batches are one step on a larger batch") {
  static Trainer<Net, SoftmaxCrossEntropy, SGDMomentum, batch> micro;
  static Trainer<Net, SoftmaxCrossEntropy, SGDMomentum, 4 * batch> whole;
  static Model<Net> a, b, before;
  Batch data(3);
  micro.micro_batches = 4;
  a.initialize(1);
  b.initialize(1);
  const auto check_close = [&] {
    double distance = 0, size = 0;
    for (int i = 0; i < Net::parameters; ++i) {
      distance += std::pow(static_cast<double>(a.parameters()[i] - b.parameters()[i]), 2);
      size += std::pow(static_cast<double>(b.parameters()[i]), 2);
    }
    CHECK(std::sqrt(distance / size) < 1e-6);
  };
  for (int step = 0; step < 3; ++step) {
    before = a;
    for (int part = 0; part < 4; ++part) {
      CHECK(a.hash() == before.hash());
      micro.step(a, {data.x + part * batch * 6, batch}, {data.labels + part * batch, batch});
    }
    CHECK(a.hash() != before.hash());
    CHECK(micro.steps() == step + 1);
    whole.step(b, {data.x, 4 * batch}, {data.labels, 4 * batch});
    check_close();
  }
  // At the end of the data: a full batch and one of three samples.
  micro.step(a, {data.x, batch}, {data.labels, batch});
  micro.step(a, {data.x + batch * 6, 3}, {data.labels + batch, 3});
  CHECK(micro.waiting() == 2);
  CHECK(micro.steps() == 3);
  micro.finish_step(a);
  micro.finish_step(a);  // nothing is left
  CHECK(micro.steps() == 4);
  whole.step(b, {data.x, batch + 3}, {data.labels, batch + 3});
  check_close();
}

TEST_CASE("micro-batches of a Sum are added, not averaged") {
  static Trainer<Net, Sum<SoftmaxCrossEntropy>, SGD, batch> micro;
  static Trainer<Net, Sum<SoftmaxCrossEntropy>, SGD, 2 * batch> whole;
  static Model<Net> a, b;
  Batch data(4);
  micro.micro_batches = 2;
  a.initialize(1);
  b.initialize(1);
  micro.step(a, {data.x, batch}, {data.labels, batch});
  micro.step(a, {data.x + batch * 6, batch}, {data.labels + batch, batch});
  whole.step(b, {data.x, 2 * batch}, {data.labels, 2 * batch});
  for (int i = 0; i < Net::parameters; ++i) CHECK(std::fabs(a.parameters()[i] - b.parameters()[i]) < 1e-6f);
}

TEST_CASE("clipping by value comes before clipping by norm") {
  using Line = Sequential<Input<1>, Dense<1>>;
  static Model<Line> model;
  static Trainer<Line, MeanSquaredError, SGD, 1> trainer;
  trainer.optimizer.learning_rate = 1;
  trainer.clip_value = 3;
  trainer.gradients()[0] = 3;
  trainer.gradients()[1] = -100;
  trainer.apply(model);
  CHECK(model.parameters()[0] == -3);
  CHECK(model.parameters()[1] == 3);
  model = {};
  trainer.clip_value = 4;
  trainer.clip_norm = 2.5f;
  trainer.gradients()[0] = 3;
  trainer.gradients()[1] = -100;
  trainer.apply(model);
  CHECK(model.parameters()[0] == -1.5f);
  CHECK(model.parameters()[1] == 2);
}

namespace {

// The weights after 60 steps from seed 7, the learning rate 1/32.
template <class Optimizer, class Loss>
std::uint64_t hash_of() {
  static Model<Net> model;
  static Trainer<Net, Loss, Optimizer, batch> trainer;
  trainer.optimizer.learning_rate = 0.03125f;
  trainer.optimizer.weight_decay = 0.01f;
  trainer.clip_value = 0.5f;
  train(model, trainer, 60);
  return model.hash();
}

}  // namespace

// The same constants on every port that has a fused multiply-add.
TEST_CASE("the bits of training are the same everywhere" * doctest::skip(!tests::fused)) {
  CHECK(hash_of<Adam, SmoothedCrossEntropy<1, 10>>() == 0x063446231268db22);
  CHECK(hash_of<AdamW, WeightedCrossEntropy<1, 2, 3, 4>>() == 0xad2c5a3d42374bce);
  CHECK(hash_of<Nadam, Sum<SoftmaxCrossEntropy>>() == 0x8a8d389bdeabc693);
  CHECK(hash_of<RMSprop, SoftmaxCrossEntropy>() == 0x4f279a1839ade12d);
  CHECK(hash_of<RMSpropMomentum, SmoothedCrossEntropy<1, 4, 1, 2, 3, 4>>() == 0x1365b6eb7e9d7e66);
  CHECK(hash_of<Adagrad, SoftmaxCrossEntropy>() == 0xb7e5b63300b64f0b);
  CHECK(hash_of<Lion, SoftmaxCrossEntropy>() == 0x981010b1d8a6510e);
}
