// What the PC and the board share of fine-tuning: a network that was trained on a PC goes on learning on the board, from
// what its own camera sees, one sample at a time.
#pragma once

#include <mica/mica.hpp>

namespace fine_tuning {

// On the PC everything learns, in batches.
using Net = mica::Sequential<mica::Input<12, 12, 1>, mica::Conv2d<8, 3, mica::Same>, mica::BatchNorm<>, mica::ReLU,
                             mica::MaxPool2d<2>, mica::Conv2d<12, 3>, mica::BatchNorm<>, mica::ReLU, mica::MaxPool2d<2>,
                             mica::Dense<10>>;
// On the board the last layer does. A frozen BatchNorm normalises by its running averages, so that a batch may be 1.
using Tuned = mica::FreezeFirst<8, Net>;
using Digits = mica::SyntheticDigits<mica::Shape<12, 12, 1>>;

// UpsideDown: digits as a camera sees them that hangs upside down.
struct UpsideDown {
  using Sample = Digits::Sample;
  Digits digits;

  int size() const { return digits.size(); }
  mica::Status read(int index, float* sample, std::uint8_t& label) const {
    mica::Status status = digits.read(index, sample, label);
    for (int first = 0, last = Sample::size - 1; first < last; ++first, --last) {
      const float pixel = sample[first];
      sample[first] = sample[last];
      sample[last] = pixel;
    }
    return status;
  }
};

constexpr int steps = 2000;
// After `steps` steps, on every machine.
constexpr std::uint64_t expected_hash = 0x10aff05dba43ee17;

// Board: all memory of fine-tuning.
struct Board {
  mica::Model<Tuned> model;
  mica::Trainer<Tuned, mica::SoftmaxCrossEntropy, mica::FusedUpdate<mica::SGD>, 1> trainer;
  mica::Predictor<Tuned> predict;
  float image[Tuned::Input::size];
  std::uint8_t label;

  void start(const mica::Model<Net>& pretrained) {
    mica::copy_weights(pretrained, model);
    trainer.optimizer.learning_rate = 0.05f;
    trainer.schedule = mica::Schedule::cosine(steps);
  }

  // One digit, seen once.
  template <class Data>
  bool learn(const Data& data, int index) {
    if (!data.read(index, image, label).ok()) return false;
    trainer.step(model, {image, 1}, {&label, 1});
    return true;
  }

  // The share of digits that the network gets right.
  template <class Data>
  float accuracy(const Data& data) {
    int correct = 0;
    for (int i = 0; i < data.size() && data.read(i, image, label).ok(); ++i) {
      float scores[10];
      predict(model, {image, 1}, {scores, 1});
      int best = 0;
      for (int c = 1; c < 10; ++c) best = scores[c] > scores[best] ? c : best;
      correct += best == label ? 1 : 0;
    }
    return static_cast<float>(correct) / static_cast<float>(data.size());
  }
};

}  // namespace fine_tuning
