// An anomaly detector that learns on the device what its machine sounds like: bands of vibration energy, an autoencoder,
// and a threshold from what the machine does while it is known to be sound. Nothing of a fault is ever shown to it.
// To change: `vibration` (read your accelerometer instead), the rate and the bands of Features, and the learning times.
// An argument is another seed.
#include <cmath>
#include <cstdio>
#include <cstdlib>

#include <mica/mica.hpp>

using Features = mica::LogMel<4000, 256, 256, 24, 30>;  // 4 kHz; 24 bands from 16 frames in a second
using Net = mica::Sequential<mica::Input<24>, mica::Dense<16>, mica::Tanh, mica::Dense<4>, mica::Tanh, mica::Dense<16>,
                             mica::Tanh, mica::Dense<24>>;

// Device: all memory of it.
struct Device {
  Features features;
  mica::Model<Net> model;
  mica::Trainer<Net, mica::MeanSquaredError, mica::Adam, 1> trainer;
  mica::Predictor<Net> predict;
  float frame[24], again[24];
  double threshold = 0;
};
// Vector units of PCs ask for more scratch (MICA_PANEL_FLOATS) than a small board's.
static_assert(MICA_PANEL_FLOATS > 0 || sizeof(Device) < 18 * 1024);
static Device device;
static mica::Random random_numbers(1);
static std::uint32_t ticks = 0;

// The machine: a motor whose speed and load wander; a damaged bearing adds a ring whenever a ball passes the damage.
static std::int16_t vibration(bool damaged) {
  static double turns = 0, ring = 0;
  const double seconds = ++ticks / 4000.0, speed = 24 + 2 * std::sin(0.7 * seconds),
               load = 1 + 0.3 * std::sin(1.9 * seconds);
  const double before = turns;
  turns += speed / 4000;
  double level = 0;
  for (int k = 1; k <= 6; ++k) level += load / k * std::sin(6.2831853 * k * turns + k * k);
  if (std::floor(3.6 * turns) > std::floor(3.6 * before)) ring = 1;
  ring *= 0.985;
  if (damaged) level += 0.4 * ring * std::sin(6.2831853 * 1210 * seconds);
  level += 0.4 * (static_cast<double>(random_numbers.uniform(ticks)) - 0.5);
  return static_cast<std::int16_t>(3000 * level);
}

// Waits for the next frame, scaled to about -1 ... 1.
static void listen(bool damaged) {
  while (!device.features.push(vibration(damaged))) {
  }
  device.features.compute(device.frame);
  for (float& band : device.frame) band = band / 8;
}

// How badly the autoencoder gives the frame back.
static double error_now() {
  device.predict(device.model, {device.frame, 1}, {device.again, 1});
  double sum = 0;
  for (int i = 0; i < 24; ++i) {
    const auto difference = static_cast<double>(device.frame[i] - device.again[i]);
    sum += difference * difference;
  }
  return sum / 24;
}

// The share of frames above the threshold; 8 frames, half a second, are judged together.
static double share_of_alarms(bool damaged) {
  int alarms = 0;
  for (int i = 0; i < 200; ++i) {
    double sum = 0;
    for (int frame = 0; frame < 8; ++frame) listen(damaged), sum += error_now();
    alarms += sum / 8 > device.threshold ? 1 : 0;
  }
  return alarms / 200.0;
}

int main(int count, char** words) {
  const int seed = count > 1 ? std::atoi(words[1]) : 1;
  random_numbers = mica::Random(static_cast<std::uint64_t>(seed));
  device.model.initialize(static_cast<std::uint64_t>(seed));
  device.trainer.optimizer.learning_rate = 0.002f;
  for (int i = 0; i < 6000; ++i) {  // six minutes of learning
    listen(false);
    device.trainer.step(device.model, {device.frame, 1}, {device.frame, 1});
  }
  // A minute of watching: the threshold stands above all that a sound machine did.
  for (int i = 0; i < 120; ++i) {
    double sum = 0;
    for (int frame = 0; frame < 8; ++frame) listen(false), sum += error_now();
    device.threshold = std::fmax(device.threshold, 1.2 * sum / 8);
  }
  const double false_alarms = share_of_alarms(false), found = share_of_alarms(true);
  std::printf("threshold %.5f; false alarms %.1f %%, faults found %.1f %%; %zu bytes of RAM\n", device.threshold,
              100 * false_alarms, 100 * found, sizeof device);
  return false_alarms < 0.03 && found > 0.95 ? 0 : 1;
}
