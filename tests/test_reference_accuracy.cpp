// How well the reference models learn, trained as they are by default, and that a linear network does not.
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <mica/io/file.hpp>

#include "tools/models/area_under_curve.hpp"
#include "tools/models/body_motion.hpp"
#include "tools/models/generated_task.hpp"
#include "tools/models/loss_of_each.hpp"
#include "tools/models/machine_sound.hpp"
#include "tools/models/networks.hpp"
#include "tools/models/rate_schedule.hpp"
#include "tools/models/spoken_words.hpp"
#include "tools/models/textured_shapes.hpp"

using namespace mica::models;

namespace {

// A linear network, trained like a reference model.
template <class Reference, class LinearNet, int its_epochs>
struct Linear : Reference {
  using Net = LinearNet;
  static constexpr int epochs = its_epochs;
};
using LinearWords = Linear<Dscnn, mica::Sequential<mica::Input<49, 10, 1>, mica::Dense<12>>, 10>;
using LinearShapes = Linear<Resnet8, mica::Sequential<mica::Input<32, 32, 3>, mica::Dense<10>>, 5>;
using LinearMotion = Linear<Gru, mica::Sequential<mica::Input<128, 6>, mica::Dense<6>>, 10>;
using LinearSound = Linear<Autoencoder, mica::Sequential<mica::Input<640>, mica::Dense<8>, mica::Dense<640>>, 10>;

template <class Reference, class Data>
std::unique_ptr<mica::Model<typename Reference::Net>> trained(const Data& data, std::uint64_t seed) {
  using Net = typename Reference::Net;
  using Loss = typename Reference::Loss;
  using Optimizer = typename Reference::Optimizer;
  auto model = std::make_unique<mica::Model<Net>>();
  const auto trainer = std::make_unique<mica::Trainer<Net, Loss, Optimizer, Reference::batch>>();
  const auto fit = std::make_unique<mica::Fit<Net, Loss, Optimizer, Reference::batch>>();
  model->initialize(seed);
  trainer->optimizer = Reference::optimizer;
  trainer->schedule = RateSchedule<Reference>::over(data.size());
  trainer->seed = fit->seed = seed;
  fit->epochs = Reference::epochs;
  REQUIRE(fit->run(*model, *trainer, data, [](const mica::Progress&) { return true; }).ok());
  return model;
}

float reported(const char* name, const char* what, float score) {
  std::printf("%-12s %-10s %.4f\n", name, what, static_cast<double>(score));
  return score;
}

template <class Reference, class Data>
float accuracy(const char* what, const Data& training, const Data& test, std::uint64_t seed = 42) {
  const auto model = trained<Reference>(training, seed);
  mica::Evaluation result;
  const auto evaluator =
      std::make_unique<mica::Evaluator<typename Reference::Net, typename Reference::Loss, Reference::batch>>();
  REQUIRE(evaluator->run(*model, test, result).ok());
  return reported(Reference::name, what, result.accuracy);
}

// The first samples of both parts; 0 stands for all.
template <class Reference, class Source>
float accuracy(const char* what, int samples, int test_samples) {
  using Data = Generated<Source>;
  return accuracy<Reference>(what, Data(Part::training, samples > 0 ? samples : Data::size_of(Part::training)),
                             Data(Part::test, test_samples > 0 ? test_samples : Data::size_of(Part::test)));
}

template <class Reference>
float auc(const char* what, int samples, int test_samples) {
  using Net = typename Reference::Net;
  using Data = SamplesThemselves<typename Net::Input>;
  const GeneratedSamples<MachineSound> training(Part::training, samples), test(Part::test, test_samples);
  const auto model = trained<Reference>(Data{training}, 42);
  mica::Evaluation result;
  LossOfEach<Net, typename Reference::Loss> losses;
  const auto evaluator = std::make_unique<mica::Evaluator<Net, typename Reference::Loss, Reference::batch>>();
  REQUIRE(evaluator->run(*model, Data{test}, result, losses).ok());
  float area = 0;
  REQUIRE(area_under_curve(test, losses.values, area).ok());
  return reported(Reference::name, what, area);
}

// The mean over three seeds on MNIST.
template <class Reference>
float mnist_accuracy() {
  using Data = mica::IdxDataset<typename Reference::Net::Input>;
  const std::string folder = std::getenv("MICA_DATA");
  mica::io::FileSource files[4];
  const char* const names[] = {"train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte",
                               "t10k-labels-idx1-ubyte"};
  for (int i = 0; i < 4; ++i) REQUIRE(files[i].open((folder + "/" + names[i]).c_str()).ok());
  Data training, test;
  REQUIRE(training.open(files[0], files[1]).ok());
  REQUIRE(test.open(files[2], files[3]).ok());
  float sum = 0;
  for (const std::uint64_t seed : {42, 1, 2}) sum += accuracy<Reference>("MNIST", training, test, seed);
  return sum / 3;
}

}  // namespace

TEST_CASE("on a few samples a linear network learns little of the generated data") {
  CHECK(accuracy<LinearWords, SpokenWords>("linear", 1200, 240) < 0.55f);
  CHECK(accuracy<LinearShapes, TexturedShapes>("linear", 600, 200) < 0.2f);
  CHECK(accuracy<LinearMotion, BodyMotion>("linear", 900, 300) < 0.3f);
  CHECK(auc<LinearSound>("linear", 640, 200) < 0.8f);
}

// These train for minutes: run them with --no-skip.
TEST_SUITE("full") {
  TEST_CASE("on all samples neither" * doctest::skip()) {
    CHECK(accuracy<LinearWords, SpokenWords>("linear", 0, 0) < 0.66f);
    CHECK(accuracy<LinearShapes, TexturedShapes>("linear", 0, 0) < 0.15f);
    CHECK(accuracy<LinearMotion, BodyMotion>("linear", 0, 0) < 0.25f);
    CHECK(auc<LinearSound>("linear", MachineSound::training_samples, MachineSound::test_samples) < 0.8f);
  }

  TEST_CASE("dscnn" * doctest::skip()) { CHECK(accuracy<Dscnn, SpokenWords>("generated", 0, 0) > 0.91f); }

  TEST_CASE("resnet8" * doctest::skip()) { CHECK(accuracy<Resnet8, TexturedShapes>("generated", 0, 0) > 0.9f); }

  TEST_CASE("gru" * doctest::skip()) { CHECK(accuracy<Gru, BodyMotion>("generated", 0, 0) > 0.91f); }

  TEST_CASE("autoencoder" * doctest::skip()) {
    CHECK(auc<Autoencoder>("generated", MachineSound::training_samples, MachineSound::test_samples) > 0.91f);
  }

  TEST_CASE("mlp_bn, cnn and lenet5 on MNIST") {
    if (std::getenv("MICA_DATA") == nullptr) {
      MESSAGE("MICA_DATA is not set: accuracy on MNIST is not measured.");
      return;
    }
    CHECK(mnist_accuracy<MlpBn>() >= 0.976f);
    CHECK(mnist_accuracy<Cnn>() >= 0.983f);
    CHECK(mnist_accuracy<Lenet5>() >= 0.985f);
  }
}
