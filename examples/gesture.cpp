// Gestures: a recurrent network tells what a hand does from what an accelerometer in it measures, three axes in windows of
// 32 samples, 25 a second.
// To change: `Motions` (windows of your own, for instance through mica::CsvDataset or mica::SerialDataset), the names, and
// the GRU's size. An argument is another seed.
#include <cmath>
#include <cstdio>
#include <cstdlib>

#include <mica/mica.hpp>

constexpr int steps = 32, axes = 3, gestures = 4;
static const char* const names[gestures] = {"rest", "shake", "circle", "raise"};

using Net = mica::Sequential<mica::Input<steps, axes>, mica::GRU<16>, mica::Dense<gestures>>;
using Loss = mica::SoftmaxCrossEntropy;

// Every window is done anew: faster or slower, wider or smaller, begun somewhere, held askew, by a hand that trembles.
struct Motions {
  using Sample = mica::Shape<steps, axes>;
  std::uint64_t seed;
  int count;

  int size() const { return count; }
  mica::Status read(int index, float* sample, std::uint8_t& label) const {
    const mica::Random random = mica::Random(seed).fork(static_cast<std::uint32_t>(index));
    const auto between = [&](std::uint32_t which, double low, double high) {
      return low + (high - low) * static_cast<double>(random.uniform(which));
    };
    label = static_cast<std::uint8_t>(random.below(gestures, 0));
    const double wide = between(1, 0.25, 1), begun = between(3, 0, 6.28), askew = between(4, -0.5, 0.5);
    const double in_a_second = label == 1 ? between(2, 2, 4) : between(2, 0.8, 2.4);
    for (int t = 0; t < steps; ++t) {
      const double phase = begun + 6.2831853 * in_a_second * t / 25, rise = (t - 32 * between(5, 0.3, 0.7)) / 4;
      double x = 0, z = 0;
      if (label == 1) x = wide * std::sin(phase);
      if (label == 2) x = wide * std::sin(phase), z = wide * std::cos(phase);
      if (label == 3) z = -2 * wide * rise * std::exp(-rise * rise);
      const double turned[axes] = {std::cos(askew) * x - std::sin(askew) * z, std::sin(askew),
                                   std::sin(askew) * x + std::cos(askew) * z};
      for (int a = 0; a < axes; ++a) {
        const double trembling = between(static_cast<std::uint32_t>(8 + t * axes + a), -0.3, 0.3);
        sample[t * axes + a] = static_cast<float>(turned[a] + trembling);
      }
    }
    return {};
  }
};

static mica::Model<Net> model;
static mica::Trainer<Net, Loss, mica::Adam, 16> trainer;
static mica::Fit<Net, Loss, mica::Adam, 16> fit;
static mica::Predictor<Net> predict;

int main(int count, char** words) {
  const std::uint64_t seed = count > 1 ? static_cast<std::uint64_t>(std::atoi(words[1])) : 1;
  model.initialize(seed);
  fit.seed = seed;
  fit.epochs = 12;
  trainer.optimizer.learning_rate = 0.01f;
  trainer.clip_norm = 1;
  const mica::Status status = fit.run(model, trainer, Motions{2 * seed, 800}, [](const mica::Progress& p) {
    if (p.epoch_ended && p.epoch % 4 == 0) {
      std::printf("epoch %d: loss %.3f\n", p.epoch, static_cast<double>(p.training.loss));
    }
    return true;
  });
  if (!status.ok()) return std::puts(status.message()), 1;

  const Motions unseen{2 * seed + 1, 1000};
  int found[gestures][gestures] = {}, right = 0;
  for (int i = 0; i < unseen.size(); ++i) {
    float sample[steps * axes], scores[gestures];
    std::uint8_t label;
    if (!unseen.read(i, sample, label).ok()) return 1;
    predict(model, {sample, 1}, {scores, 1});
    int best = 0;
    for (int c = 1; c < gestures; ++c) best = scores[c] > scores[best] ? c : best;
    ++found[label][best];
    right += best == label ? 1 : 0;
  }
  for (int row = 0; row < gestures; ++row) {
    std::printf("%-7s taken for", names[row]);
    for (int c = 0; c < gestures; ++c) std::printf("  %s %d", names[c], found[row][c]);
    std::puts("");
  }
  std::printf("accuracy on %d unseen windows: %.3f\n", unseen.size(), right / 1000.0);
  return right > 930 ? 0 : 1;
}
