// Every reference model learns: a few steps on one batch of its own data lower its loss.
#include <cstdio>
#include <memory>

#include <doctest/doctest.h>

#include "tools/models/body_motion.hpp"
#include "tools/models/generated.hpp"
#include "tools/models/machine_sound.hpp"
#include "tools/models/networks.hpp"
#include "tools/models/spoken_words.hpp"
#include "tools/models/textured_shapes.hpp"

using namespace mica::models;

namespace {

// The same small batch again and again; the answer is the last loss divided by the first. Where the loss compares
// numbers the sample is its own target.
template <class Reference, class Data>
float loss_ratio(const Data& data, int steps) {
  using Net = typename Reference::Net;
  constexpr int batch = 4;
  using Trainer = mica::Trainer<Net, typename Reference::Loss, typename Reference::Optimizer, batch>;
  const auto model = std::make_unique<mica::Model<Net>>();
  const auto trainer = std::make_unique<Trainer>();
  model->initialize(42);
  trainer->optimizer = Reference::optimizer;

  const auto samples = std::make_unique<float[]>(batch * Net::Input::size);
  std::uint8_t labels[batch];
  for (int i = 0; i < batch; ++i) REQUIRE(data.read(i, samples.get() + i * Net::Input::size, labels[i]).ok());
  float first = 0, last = 0;
  for (int step = 0; step <= steps; ++step) {
    if constexpr (std::is_same_v<typename Trainer::Target, mica::Labels>) {
      last = trainer->step(*model, {samples.get(), batch}, {labels, batch});
    } else {
      last = trainer->step(*model, {samples.get(), batch}, {samples.get(), batch});
    }
    if (step == 0) first = last;
  }
  std::printf("%-12s loss %.3f, after %d steps %.3f\n", Reference::name, static_cast<double>(first), steps,
              static_cast<double>(last));
  return last / first;
}

template <int side>
mica::SyntheticDigits<mica::Shape<side, side, 1>> digits() {
  return mica::SyntheticDigits<mica::Shape<side, side, 1>>::training(100, 1);
}

}  // namespace

TEST_CASE("the networks for digits") {
  CHECK(loss_ratio<Mlp>(digits<28>(), 12) < 0.1f);
  CHECK(loss_ratio<MlpBn>(digits<28>(), 12) < 0.1f);
  CHECK(loss_ratio<Cnn>(digits<28>(), 12) < 0.1f);
  CHECK(loss_ratio<Lenet5>(digits<28>(), 12) < 0.1f);
  CHECK(loss_ratio<Deep50>(digits<28>(), 12) < 0.7f);
  CHECK(loss_ratio<Tiny>(digits<8>(), 40) < 0.2f);
}

TEST_CASE("dscnn") { CHECK(loss_ratio<Dscnn>(Generated<SpokenWords>(Part::training), 10) < 0.8f); }

TEST_CASE("resnet8") { CHECK(loss_ratio<Resnet8>(Generated<TexturedShapes>(Part::training), 4) < 0.5f); }

TEST_CASE("autoencoder") { CHECK(loss_ratio<Autoencoder>(Generated<MachineSound>(Part::training), 20) < 0.5f); }

TEST_CASE("gru") { CHECK(loss_ratio<Gru>(Generated<BodyMotion>(Part::training), 20) < 0.7f); }

TEST_CASE("layers and parameters are those of the papers") {
  CHECK(MlpBn::Net::parameters == 784 * 256 + 256 + 2 * 256 + 256 * 128 + 128 + 2 * 128 + 128 * 10 + 10);
  CHECK(Cnn::Net::parameters == 8 * 10 + 16 * (8 * 9 + 1) + 10 * (7 * 7 * 16 + 1));
  CHECK(Lenet5::Net::parameters == 61706);
  // A convolution, four blocks of two, each with the scale and shift of its BatchNorm, and the scores.
  CHECK(Dscnn::Net::parameters == 64 * (40 + 1 + 2) + 4 * (64 * (9 + 1 + 2) + 64 * (64 + 1 + 2)) + 12 * (64 + 1));
  // A convolution, three blocks of two, two of them with a projection, and the scores.
  const auto convolution = [](int inputs, int outputs, int taps) { return outputs * (inputs * taps + 1); };
  CHECK(Resnet8::Net::parameters == convolution(3, 16, 9) + 2 * convolution(16, 16, 9) + 3 * 32 +
                                        convolution(16, 32, 9) + convolution(32, 32, 9) + convolution(16, 32, 1) +
                                        2 * 64 + convolution(32, 64, 9) + convolution(64, 64, 9) +
                                        convolution(32, 64, 1) + 2 * 128 + convolution(64, 10, 1));
  CHECK(Autoencoder::Net::parameters == 2 * 640 * 128 + 640 + 2 * (128 * 128 + 128 * 8) + 4 * 3 * 128 + 3 * 8);
  CHECK(Gru::Net::parameters == 3 * 32 * (6 + 32) + 4 * 32 + 6 * (32 + 1));
}
