// Small networks with each activation learn from the weights that Auto gives them, and have the same bits on every port
// afterwards. The constants change only when the numerical contract does.
#include <cstdio>

#include <mica/mica.hpp>

#include <doctest/doctest.h>

#include "support.hpp"

namespace {

constexpr int batch = 32;

// Which points of a square lie in a circle of half its area.
struct Points {
  mica::Tensor<float, batch, 2> x;
  mica::Tensor<std::uint8_t, batch> labels;

  void draw(tests::Numbers& numbers) {
    for (int i = 0; i < batch; ++i) {
      const float u = numbers.even(), v = numbers.even();
      x(i, 0) = 2 * u;
      x(i, 1) = 2 * v;
      labels[i] = u * u + v * v < 0.6366f ? 1 : 0;
    }
  }
};

template <class Net, class Loss>
void check_course(const char* name, std::uint64_t hash) {
  static mica::Model<Net> model;
  static mica::Trainer<Net, Loss, mica::SGDMomentum, batch> trainer;
  model.initialize(42);
  trainer.reset();
  trainer.optimizer.learning_rate = 0.05f;
  tests::Numbers numbers(11);
  Points points;
  constexpr int steps = 1000, last = 100;
  double loss = 0;
  for (int step = 0; step < steps; ++step) {
    points.draw(numbers);
    const float now = trainer.step(model, {points.x.data(), batch}, {points.labels.data(), batch});
    if (step >= steps - last) loss += static_cast<double>(now) / last;
  }
  std::printf("%-24s %-8s %s, loss %.3f\n", name, tests::Native::name, tests::Hex(model.hash()).text, loss);
  CHECK(loss < 0.2);  // 0.69 for an answer that does not look
  if (tests::fused) CHECK(model.hash() == hash);
}

template <class Layer>
void check_activation(std::uint64_t hash) {
  using mica::Dense;
  using Net = mica::Sequential<mica::Input<2>, Dense<16>, Layer, Dense<16>, Layer, Dense<2>>;
  mica::Text<60> name;
  Layer::describe(name);
  check_course<Net, mica::SoftmaxCrossEntropy>(name.c_str(), hash);
}

}  // namespace

TEST_CASE("ELU") { check_activation<mica::ELU<>>(0x1c7cfe3608cd3503); }
TEST_CASE("SELU") { check_activation<mica::SELU>(0xa07e98bc688082d5); }
TEST_CASE("CELU") { check_activation<mica::CELU<3, 2>>(0x55c3617a6a4e7223); }
TEST_CASE("GELU") { check_activation<mica::GELU<>>(0xd383271208b6427c); }
TEST_CASE("GELU with tanh") { check_activation<mica::GELU<mica::TanhApproximation>>(0x7b285f9763ecdcf1); }
TEST_CASE("SiLU") { check_activation<mica::SiLU>(0xd63b8d016f3bc57f); }
TEST_CASE("Mish") { check_activation<mica::Mish>(0xe15e86d88239a575); }
TEST_CASE("Softplus") { check_activation<mica::Softplus<>>(0x5a606f968c5ef0e3); }
TEST_CASE("HardSigmoid") { check_activation<mica::HardSigmoid>(0x9d290be5dd52c49e); }
TEST_CASE("HardSwish") { check_activation<mica::HardSwish>(0x882e027c845cbf53); }
TEST_CASE("HardTanh") { check_activation<mica::HardTanh<>>(0x30a18b10daa90b36); }
TEST_CASE("ReLU6") { check_activation<mica::ReLU6>(0xf31040c7363addd5); }

TEST_CASE("LogSoftmax with the negative log-likelihood") {
  using Net = mica::Sequential<mica::Input<2>, mica::Dense<16>, mica::ReLU, mica::Dense<2>, mica::LogSoftmax>;
  check_course<Net, mica::NegativeLogLikelihood>("LogSoftmax", 0x786e2d7bb8045fa9);
}
