// A forecast: from 24 hours of a temperature to the temperature three hours later.
// To change: `temperature` (your own series), `hours` and `ahead`; scale your numbers to about -1 ... 1. An argument is
// another seed.
#include <cmath>
#include <cstdio>
#include <cstdlib>

#include <mica/mica.hpp>

constexpr int hours = 24, ahead = 3;
using Net = mica::Sequential<mica::Input<hours, 1>, mica::GRU<12>, mica::Dense<1>>;
using Loss = mica::MeanSquaredError;

static std::uint64_t seed = 1;

// A year of a place with days and nights, weather that comes and goes, and a thermometer that errs; in tens of degrees.
static float temperature(int hour) {
  const double day = hour / 24.0;
  double weather = 0;
  for (std::uint32_t wave = 0; wave < 6; ++wave) {
    const double phase = static_cast<double>(mica::Random(seed).fork(1).uniform(wave));
    weather += 0.12 * std::sin(6.2831853 * (day / (2.3 + 1.7 * wave) + phase));
  }
  const auto error = static_cast<double>(mica::Random(seed).fork(2).uniform(static_cast<std::uint32_t>(hour)));
  return static_cast<float>(0.6 * std::sin(6.2831853 * day) + weather + 0.1 * (error - 0.5));
}

// One sample: a day, and what comes after it. Its index is the hour at which it begins.
struct Series {
  using Sample = mica::Shape<hours, 1>;
  static constexpr int targets = 1;
  int first, count;

  int size() const { return count; }
  mica::Status read(int index, float* sample, float* target) const {
    for (int t = 0; t < hours; ++t) sample[t] = temperature(first + index + t);
    *target = temperature(first + index + hours - 1 + ahead);
    return {};
  }
};

static mica::Model<Net> model;
static mica::Trainer<Net, Loss, mica::Adam, 16> trainer;
static mica::Fit<Net, Loss, mica::Adam, 16> fit;
static mica::Predictor<Net> predict;

int main(int count, char** words) {
  if (count > 1) seed = static_cast<std::uint64_t>(std::atoi(words[1]));
  model.initialize(seed);
  trainer.optimizer.learning_rate = 0.005f;
  trainer.clip_norm = 1;
  fit.epochs = 4;
  const Series past{0, 24 * 120}, future{24 * 150, 24 * 40};
  const mica::Status status = fit.run(model, trainer, past, [](const mica::Progress& p) {
    if (p.epoch_ended) std::printf("epoch %d: loss %.4f\n", p.epoch, static_cast<double>(p.training.loss));
    return true;
  });
  if (!status.ok()) return std::puts(status.message()), 1;

  // Beside it the two simplest forecasts: as now, and as it was a day before.
  double errors[3] = {};
  for (int i = 0; i < future.size(); ++i) {
    float sample[hours], target[1], found[1];
    if (!future.read(i, sample, target).ok()) return 1;
    predict(model, {sample, 1}, {found, 1});
    const float forecasts[] = {found[0], sample[hours - 1], sample[ahead - 1]};
    for (int k = 0; k < 3; ++k) {
      const double degrees = 10 * static_cast<double>(forecasts[k] - *target);
      errors[k] += degrees * degrees;
    }
  }
  for (double& error : errors) error = std::sqrt(error / future.size());
  std::printf("typical error in %d hours: network %.2f degrees, \"as now\" %.2f, \"as yesterday\" %.2f\n", ahead,
              errors[0], errors[1], errors[2]);
  return errors[0] < 0.6 * errors[1] && errors[0] < 0.6 * errors[2] ? 0 : 1;
}
