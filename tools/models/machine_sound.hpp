#pragma once

#include <mica/kernels/random.hpp>
#include <mica/shape.hpp>

#include "draws.hpp"
#include "picture.hpp"
#include "wave.hpp"

namespace mica::models {

// MachineSound: a window of 5 frames of 128 bands of log energy (20 to the octave) of a machine that runs.
// A sound machine has a few degrees of freedom: its speed, which moves all harmonics together; its load, which shifts
// strength between them; a slow swing of speed and loudness; the distance of the microphone; and noise. The casing
// resonates in two fixed bands. An anomalous one has besides, clearly or faintly, one of five faults: a line that is no
// harmonic, a harmonic too strong or too weak, upper harmonics off their places, a knock in one frame, a resonance that
// has moved. The training part holds sound machines only.
struct MachineSound {
  static constexpr int frames = 5, bands = 128;
  using Sample = Shape<frames * bands>;
  static constexpr const char* description = "generated machine sounds: 5 frames of 128 bands, normal and anomalous";
  static constexpr int classes = 2, training_classes = 1;
  static constexpr int training_samples = 20000, test_samples = 2000;
  static constexpr const char* class_names[classes] = {"normal", "anomalous"};

  static void draw(int label, Random random, float* sample) {
    Draws draws(random.fork(0));
    Machine machine(draws);
    if (label != 0) machine.break_something(draws);
    for (int frame = 0; frame < frames; ++frame) machine.sound(frame, sample + frame * bands);
    float noise[Sample::size];
    kernels::fill_normal(Sample::size, random.fork(1), 0.1f, 1.0f, noise);
    for (int i = 0; i < Sample::size; ++i) sample[i] = (sample[i] + noise[i] - mean) / deviation;
  }

  // One row of pixels for two bands would be too wide: bands from left to right in pairs, frames from top to bottom.
  static Picture picture(const float* sample) {
    Picture picture{4 * frames, bands / 2, {}};
    for (int y = 0; y < picture.height; ++y) {
      for (int x = 0; x < picture.width; ++x) {
        const float* pair = sample + y / 4 * bands + 2 * x;
        picture.pixels.push_back(brightness(0.5f * (pair[0] + pair[1]), -0.8f, 3.2f));
      }
    }
    return picture;
  }

 private:
  static constexpr float mean = 0.33f, deviation = 0.235f;  // of the training part
  static constexpr int harmonics = 8;
  // 20 log2(k) for k = 1 ... 8.
  static constexpr float places[harmonics] = {0.0f, 20.0f, 31.7f, 40.0f, 46.4f, 51.7f, 56.1f, 60.0f};

  struct Machine {
    float first;  // the first harmonic's band
    float strengths[harmonics];
    float offset = 0.0f;  // how far the upper harmonics are off their places
    float line = 0.0f, line_at = 0.0f;
    float knock = 0.0f;
    int knock_frame = 0;
    float resonances[2] = {82.0f, 104.0f};
    float floor, gain, swing;

    explicit Machine(Draws& draws) {
      const float load = draws.between(0.0f, 1.0f);
      first = draws.between(6.0f, 26.0f);
      floor = draws.between(0.1f, 0.2f) + 0.15f * load;
      gain = draws.between(0.8f, 1.2f);
      swing = draws.between(0.0f, 1.0f);
      for (int k = 0; k < harmonics; ++k) {
        const float fall = 1.0f - 0.09f * static_cast<float>(k);
        strengths[k] = fall * (k % 2 == 0 ? 1.0f - 0.4f * load : 0.5f + 0.5f * load);
      }
    }

    void break_something(Draws& draws) {
      const float severity = draws.between(0.2f, 1.0f), sign = draws.chance(0.5f) ? 1.0f : -1.0f;
      switch (draws.below(5)) {
        case 0:
          line = 0.8f * severity;
          line_at = first + draws.between(5.0f, 15.0f);
          break;
        case 1:
          strengths[draws.below(harmonics)] *= 1.0f + sign * severity;
          break;
        case 2:
          offset = sign * 4.0f * severity;
          break;
        case 3:
          knock = 0.6f * severity;
          knock_frame = draws.below(frames);
          break;
        default:
          resonances[draws.below(2)] += sign * 8.0f * severity;
      }
    }

    void sound(int frame, float* energy) const {
      const float now = swing + 0.08f * static_cast<float>(frame);
      const float speed = first + 1.5f * sine(now), loudness = gain * (1.0f + 0.15f * sine(now + 0.2f));
      for (int band = 0; band < bands; ++band) {
        const float place = static_cast<float>(band);
        float value = floor * (1.2f - 0.005f * place);
        if (frame == knock_frame) value += knock * bell((place - 70.0f) / 70.0f);
        for (const float resonance : resonances) value += 0.35f * bell((place - resonance) / 7.0f);
        for (int k = 0; k < harmonics; ++k) {
          const float at = speed + places[k] + (k < 2 ? 0.0f : offset);
          value += strengths[k] * bell((place - at) / 2.5f);
        }
        value += line * bell((place - line_at) / 2.5f);
        energy[band] = loudness * value;
      }
    }
  };
};

}  // namespace mica::models
