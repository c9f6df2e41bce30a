// A network from elsewhere goes on learning on the device: its weights are a const array in flash, its last layer a copy in
// RAM that is trained with what the device sees, sample by sample. The camera here is mounted behind a mirror.
// To change: the header (written by `mica import model.onnx -o model.hpp` or `mica train --header model.hpp`), how many
// layers are frozen, and `Mirrored` (your camera). examples/boards/fine_tune.cpp is firmware of this kind.
// An argument is another seed.
#include <cstdio>
#include <cstdlib>

#include <mica/mica.hpp>

#include "boards/weights/pretrained.hpp"  // the type Pretrained and the const weights Pretrained_model()

constexpr int frozen = 8;  // all but the last layer, Dense<10>
using Net = mica::FreezeFirst<frozen, Pretrained>;
using Loss = mica::SoftmaxCrossEntropy;
using Drawn = mica::SyntheticDigits<Net::Input>;

struct Mirrored {
  using Sample = Net::Input;
  Drawn digits;

  int size() const { return digits.size(); }
  mica::Status read(int index, float* sample, std::uint8_t& label) const {
    mica::Status status = digits.read(index, sample, label);
    for (int row = 0; row < 12; ++row) {
      for (int column = 0; column < 6; ++column) {
        float &left = sample[12 * row + column], &right = sample[12 * row + 11 - column];
        const float kept = left;
        left = right;
        right = kept;
      }
    }
    return status;
  }
};

// What training needs on the device: gradients and optimizer for the last layer alone, one sample at a time.
static mica::Model<Net> model;
static mica::Trainer<Net, Loss, mica::FusedUpdate<mica::SGD>, 1> trainer;
static mica::Evaluator<Net, Loss, 8> evaluator;  // for the figures below; a device needs none
static_assert(Net::parameters < Pretrained::parameters);

template <class Data>
static float accuracy(const Data& data) {
  mica::Evaluation result;
  const mica::Status status = evaluator.run(model, data, result);
  if (!status.ok()) std::puts(status.message());
  return result.accuracy;
}

int main(int count, char** words) {
  const std::uint64_t seed = count > 1 ? static_cast<std::uint64_t>(std::atoi(words[1])) : 1;
  const int steps = 2000;
  mica::copy_weights(Pretrained_model(), model);
  trainer.optimizer.learning_rate = 0.05f;
  trainer.schedule = mica::Schedule::cosine(steps);

  const Mirrored camera{Drawn::training(steps, seed)}, unseen{Drawn::testing(1000, seed)};
  const float straight = accuracy(Drawn::testing(1000, seed)), before = accuracy(unseen);
  for (int i = 0; i < steps; ++i) {
    float image[Net::Input::size];
    std::uint8_t label;
    if (!camera.read(i, image, label).ok()) return 1;
    trainer.step(model, {image, 1}, {&label, 1});  // where the label comes from: a button, a second sensor, a rule
  }
  const float after = accuracy(unseen);
  std::printf("%d of %d parameters learn, in %zu bytes of RAM besides the network\n", Net::parameters,
              Pretrained::parameters, sizeof trainer);
  std::printf("as the network came: %.3f; mirrored: %.3f; after %d steps on the device: %.3f\n",
              static_cast<double>(straight), static_cast<double>(before), steps, static_cast<double>(after));
  return straight > 0.95f && before < 0.6f && after > 0.92f ? 0 : 1;
}
