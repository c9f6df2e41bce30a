// What train_cnn.cpp and a test on the PC share: the network, the digits that it learns from, one at a time and each seen
// once, and how fast it learns.
#pragma once

#include <mica/mica.hpp>

namespace learning_cnn {

using Net = mica::Sequential<mica::Input<28, 28, 1>, mica::Conv2d<8, 3, mica::Same>, mica::ReLU, mica::MaxPool2d<2>,
                             mica::Conv2d<16, 3, mica::Same>, mica::ReLU, mica::MaxPool2d<2>, mica::Dense<10>>;
using Loss = mica::SoftmaxCrossEntropy;
using Model = mica::Model<Net>;
using Trainer = mica::Trainer<Net, Loss, mica::FusedUpdate<mica::SGD>, 1>;
using Predictor = mica::Predictor<Net>;
using Digits = mica::SyntheticDigits<mica::Shape<28, 28, 1>>;

constexpr int steps = 4000;
constexpr std::uint64_t digits_seed = 42, board_seed = 1;
// The weights of board_seed after `steps` steps, on every machine.
constexpr std::uint64_t expected_hash = 0x0af171b8806accc0;

// With batches of one sample the first steps are taken carefully, and the last ones are not too small to learn from.
inline void prepare(Trainer& trainer) {
  constexpr int warm_up = 500;
  trainer.optimizer.learning_rate = 0.0175f;
  trainer.schedule = mica::Schedule::cosine(steps - warm_up, 0.1f).warm_up(warm_up);
}

// The share of 1,000 new digits that a network gets right; `image` is room for one.
inline float accuracy(const Model& model, Predictor& predict, float* image) {
  const Digits digits = Digits::testing(1000, digits_seed);
  std::uint8_t label = 0;
  int correct = 0;
  for (int i = 0; i < digits.size() && digits.read(i, image, label).ok(); ++i) {
    float scores[10];
    predict(model, {image, 1}, {scores, 1});
    int best = 0;
    for (int c = 1; c < 10; ++c) best = scores[c] > scores[best] ? c : best;
    correct += best == label ? 1 : 0;
  }
  return static_cast<float>(correct) / static_cast<float>(digits.size());
}

}  // namespace learning_cnn
