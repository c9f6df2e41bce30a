// The training of examples/boards/train_cnn.cpp on this machine: the weights have the board's bits, and it is not one
// lucky seed that learns.
#include <cstdio>

#include <doctest/doctest.h>

#include "examples/boards/learning_cnn.hpp"
#include "support.hpp"

namespace {

using namespace learning_cnn;

Model model;
Trainer trainer;
Predictor predict;
float image[Net::Input::size];

float learn(std::uint64_t seed) {
  const Digits digits = Digits::training(steps, digits_seed);
  model.initialize(seed);
  trainer.reset();
  prepare(trainer);
  std::uint8_t label = 0;
  for (int i = 0; i < steps; ++i) {
    REQUIRE(digits.read(i, image, label).ok());
    trainer.step(model, {image, 1}, {&label, 1});
  }
  return accuracy(model, predict, image);
}

}  // namespace

TEST_CASE("five seeds of five learn to classify 95 % and more") {
  for (std::uint64_t seed = board_seed; seed < board_seed + 5; ++seed) {
    if (tests::on_board && seed > board_seed) {
      std::printf("left out on a board: four more seeds, which give the same bits as elsewhere\n");
      break;
    }
    const float share = learn(seed);
    std::printf("seed %d: %.1f %%, hash %s\n", static_cast<int>(seed), static_cast<double>(share) * 100,
                tests::Hex(model.hash()).text);
    CHECK(share >= 0.95f);
    if (tests::fused && seed == board_seed) CHECK(model.hash() == expected_hash);
  }
}
