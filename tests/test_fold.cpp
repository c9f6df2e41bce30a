// Trained networks with BatchNorm: saved and loaded, one sample at a time, and folded.
#include <mica/io/checkpoint.hpp>
#include <mica/mica.hpp>

#include <cmath>
#include <cstring>
#include <type_traits>

#include <doctest/doctest.h>

#include "support.hpp"

namespace {

using mica::BatchNorm;
using mica::Dense;
using mica::Input;
using mica::ReLU;
using mica::Sequential;

using Net = Sequential<Input<8, 8, 1>, mica::Conv2d<6, 3, mica::Same>, BatchNorm<>, ReLU, BatchNorm<>, Dense<20>,
                       BatchNorm<mica::Cumulative, mica::Epsilon<1, 100>>, ReLU, mica::Dropout<1, 5>, Dense<10>>;
using Without = Sequential<Input<8, 8, 1>, mica::Conv2d<6, 3, mica::Same>, ReLU, BatchNorm<>, Dense<20>, ReLU,
                           mica::Dropout<1, 5>, Dense<10>>;

constexpr int batch = 16;

// Numbers far from mean 0 and deviation 1, and labels that follow from them.
struct Samples {
  float x[batch][64];
  std::uint8_t labels[batch];
  explicit Samples(std::uint32_t seed) {
    tests::Numbers numbers(seed);
    for (int i = 0; i < batch; ++i) {
      labels[i] = static_cast<std::uint8_t>(numbers.below(10));
      for (int j = 0; j < 64; ++j) x[i][j] = 5 + 3 * numbers.even() + (j % 10 == labels[i] ? 4.0f : 0.0f);
    }
  }
  mica::BatchView<const float, Net::Input> view() const { return {x[0], batch}; }
};

template <class Trained>
void train(mica::Model<Trained>& model) {
  static mica::Trainer<Trained, mica::SoftmaxCrossEntropy, mica::SGD, batch> trainer;
  trainer.reset();
  trainer.optimizer.learning_rate = 0.05f;
  model.initialize(1);
  for (std::uint32_t step = 0; step < 60; ++step) {
    const Samples samples(step);
    trainer.step(model, samples.view(), {samples.labels, batch});
  }
}

template <class Trained>
void predict(const mica::Model<Trained>& model, float* y) {
  static mica::Predictor<Trained, batch> predictor;
  const Samples samples(1000);
  predictor(model, samples.view(), {y, batch});
}

// The largest difference, relative to the largest number of the sample's row.
double difference(const float* a, const float* b) {
  double worst = 0;
  for (int i = 0; i < batch; ++i) {
    double most = 0, furthest = 0;
    for (int j = 0; j < 10; ++j) {
      most = std::fmax(most, std::fabs(static_cast<double>(a[i * 10 + j])));
      furthest =
          std::fmax(furthest, std::fabs(static_cast<double>(a[i * 10 + j]) - static_cast<double>(b[i * 10 + j])));
    }
    worst = std::fmax(worst, furthest / most);
  }
  return worst;
}

}  // namespace

TEST_CASE("trained, saved, loaded: one sample at a time gives the bits of a batch") {
  static mica::Model<Net> model{}, loaded{};
  train(model);
  static unsigned char bytes[64 * 1024];
  mica::io::MemorySink sink(bytes, sizeof bytes);
  REQUIRE(mica::io::save(model, sink).ok());
  REQUIRE(mica::io::load(loaded, mica::io::MemorySource(bytes, sink.used())).ok());
  static float together[batch * 10], alone[10];
  predict(model, together);
  static mica::Predictor<Net> predictor;
  const Samples samples(1000);
  for (int i = 0; i < batch; ++i) {
    predictor(loaded, {samples.x[i], 1}, {alone, 1});
    CHECK(std::memcmp(alone, together + i * 10, sizeof alone) == 0);
  }
}

TEST_CASE("Folded leaves out what follows a Dense or a convolution directly, and nothing else") {
  CHECK(std::is_same_v<mica::Folded<Net>, Without>);
  using Plain = Sequential<Input<3>, BatchNorm<>, Dense<2>, ReLU, BatchNorm<>>;
  CHECK(std::is_same_v<mica::Folded<Plain>, Plain>);
  CHECK(std::is_same_v<mica::Folded<Sequential<Input<3>, Dense<2>, BatchNorm<>, BatchNorm<>>>,
                       Sequential<Input<3>, Dense<2>, BatchNorm<>>>);
  CHECK(std::is_same_v<mica::Folded<Sequential<Input<9, 2>, mica::Conv1d<4, 3>, BatchNorm<>>>,
                       Sequential<Input<9, 2>, mica::Conv1d<4, 3>>>);
}

TEST_CASE("a folded model predicts what the unfolded one predicts") {
  static mica::Model<Net> model{};
  static mica::Model<mica::Folded<Net>> folded{};
  train(model);
  mica::fold(model, folded);
  static float y[batch * 10], y_folded[batch * 10];
  predict(model, y);
  predict(folded, y_folded);
  CHECK(difference(y, y_folded) <= 1e-5);
  CHECK(difference(y, y_folded) > 0);
}

TEST_CASE("depthwise and one-dimensional convolutions fold as well") {
  using Deep = Sequential<Input<8, 8, 1>, mica::Conv2d<4, 3>, BatchNorm<>, mica::DepthwiseConv2d<3>, BatchNorm<>, ReLU,
                          mica::Conv2d<10, 1>, BatchNorm<>, mica::Dense<10>>;
  static mica::Model<Deep> model{};
  static mica::Model<mica::Folded<Deep>> folded{};
  CHECK(mica::Folded<Deep>::statistics == 0);
  train(model);
  mica::fold(model, folded);
  static float y[batch * 10], y_folded[batch * 10];
  predict(model, y);
  predict(folded, y_folded);
  CHECK(difference(y, y_folded) <= 1e-5);
}

TEST_CASE("BatchNorms inside Residual and Concat fold as well") {
  using mica::Branch, mica::Concat, mica::Conv2d, mica::Residual, mica::Same, mica::Shortcut, mica::Valid;
  using Deep = Sequential<
      Input<8, 8, 1>, Conv2d<4, 3, Same>, BatchNorm<>, ReLU,
      Residual<Conv2d<4, 3, Same>, BatchNorm<>, ReLU, Conv2d<4, 3, Same>, BatchNorm<>>, ReLU,
      Residual<Shortcut<Conv2d<6, 1, Valid, 2>, BatchNorm<>>, BatchNorm<>, Conv2d<6, 3, Same, 2>, BatchNorm<>>, ReLU,
      Concat<Branch<Conv2d<2, 1>, BatchNorm<>, ReLU>, Branch<>, Branch<Residual<Conv2d<6, 3, Same>, BatchNorm<>>>>,
      Dense<10>>;
  using Shallow =
      Sequential<Input<8, 8, 1>, Conv2d<4, 3, Same>, ReLU, Residual<Conv2d<4, 3, Same>, ReLU, Conv2d<4, 3, Same>>, ReLU,
                 Residual<Shortcut<Conv2d<6, 1, Valid, 2>>, BatchNorm<>, Conv2d<6, 3, Same, 2>>, ReLU,
                 Concat<Branch<Conv2d<2, 1>, ReLU>, Branch<>, Branch<Residual<Conv2d<6, 3, Same>>>>, Dense<10>>;
  CHECK(std::is_same_v<mica::Folded<Deep>, Shallow>);
  static mica::Model<Deep> model{};
  static mica::Model<Shallow> folded{};
  train(model);
  mica::fold(model, folded);
  static float y[batch * 10], y_folded[batch * 10];
  predict(model, y);
  predict(folded, y_folded);
  CHECK(difference(y, y_folded) <= 1e-5);
  CHECK(difference(y, y_folded) > 0);
}

TEST_CASE("a model with frozen averages loads what was trained with running ones") {
  using Tuned =
      Sequential<Input<8, 8, 1>, mica::Conv2d<6, 3, mica::Same>, BatchNorm<mica::FrozenAverages>, ReLU,
                 BatchNorm<mica::FrozenAverages>, Dense<20>, BatchNorm<mica::FrozenAverages, mica::Epsilon<1, 100>>,
                 ReLU, mica::Dropout<1, 5>, Dense<10>>;
  static mica::Model<Net> model{};
  static mica::Model<Tuned> tuned{};
  train(model);
  static unsigned char bytes[64 * 1024];
  mica::io::MemorySink sink(bytes, sizeof bytes);
  REQUIRE(mica::io::save(model, sink).ok());
  REQUIRE(mica::io::load(tuned, mica::io::MemorySource(bytes, sink.used())).ok());
  CHECK(tuned.hash() == model.hash());
  // A step on a single sample moves the weights and leaves the averages alone.
  static mica::Trainer<Tuned, mica::SoftmaxCrossEntropy, mica::SGD, 1> trainer;
  const Samples samples(3);
  trainer.step(tuned, {samples.x[0], 1}, {samples.labels, 1});
  CHECK(tuned.hash() != model.hash());
  CHECK(std::memcmp(tuned.statistics(), model.statistics(), sizeof(float) * Net::statistics) == 0);
}
