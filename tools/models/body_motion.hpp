#pragma once

#include <mica/kernels/random.hpp>
#include <mica/shape.hpp>

#include "draws.hpp"
#include "plot.hpp"
#include "wave.hpp"

namespace mica::models {

// BodyMotion: 2.56 seconds of what a sensor on a belt measures, 50 times a second: acceleration along three axes and the
// rates of turn around them, for six activities.
// Walking, running and stairs are sums of the first harmonics of the step (up and down, forwards) and of the stride (to
// the sides, turning), two steps to a stride. They share ranges of pace and strength; what tells them apart is how the
// axes move together: phases, the harmonics' shares, the sharpness of the impact. The phase of the first step is random,
// so that no single number of a window says anything. The sensor sits differently every time, and is noisy.
struct BodyMotion {
  static constexpr int steps = 128, axes = 6, samples_per_second = 50;
  using Sample = Shape<steps, axes>;
  static constexpr const char* description = "generated body motion: 128 samples of 6 sensor axes, 6 classes";
  static constexpr int classes = 6, training_classes = 6;
  static constexpr int training_samples = 9000, test_samples = 1500;
  static constexpr const char* class_names[classes] = {"walking",     "running", "stairs up",
                                                       "stairs down", "cycling", "standing"};

  static void draw(int label, Random random, float* sample) {
    Draws draws(random.fork(0));
    const Gait gait = personal(gaits[label], draws);
    const float per_step = draws.between(gait.slowest, gait.fastest) / samples_per_second;
    const float strength = draws.between(0.6f, 1.4f), drift = draws.between(-0.1f, 0.1f);
    const Seat seat(draws);
    float phase = draws.between(0.0f, 2.0f);  // in steps
    for (int t = 0; t < steps; ++t) {
      const float stride = 0.5f * phase;
      const float second = gait.second * sine(2.0f * phase + gait.second_phase);
      const float up = gait.up * (sine(phase) + second) + gait.impact * blow(phase);
      const float forward = gait.forward * (sine(phase + gait.forward_phase) + 0.5f * second);
      const float pitch = gait.pitch * sine(phase + gait.forward_phase + 0.25f);
      const float aside = gait.aside * sine(stride);
      const float roll = gait.roll * sine(stride + 0.2f), yaw = gait.yaw * sine(stride + 0.45f);
      seat.turn(strength * forward, strength * aside, 1.0f + strength * up, sample + t * axes);
      seat.turn(strength * roll, strength * pitch, strength * yaw, sample + t * axes + 3);
      // The pace drifts within the window.
      phase += per_step * (1.0f + drift * sine(static_cast<float>(t) / steps));
    }
    float noise[Sample::size];
    kernels::fill_normal(Sample::size, random.fork(1), draws.between(0.1f, 0.3f), 1.0f, noise);
    for (int i = 0; i < Sample::size; ++i) sample[i] = sample[i] + noise[i];
  }

  // Six curves, time from left to right.
  static Picture picture(const float* sample) { return plot(sample, steps, axes, 2, 8, 0.8f); }

 private:
  // How an activity moves the body: how large each movement is, and the phases in turns.
  struct Gait {
    float slowest, fastest;  // steps in a second
    float up, second, second_phase, impact;
    float forward, forward_phase, aside;
    float pitch, roll, yaw;
  };
  static constexpr Gait gaits[classes] = {
      {1.5f, 2.4f, 0.4f, 0.3f, 0.1f, 0.3f, 0.3f, 0.25f, 0.2f, 0.3f, 0.3f, 0.4f},   // walking
      {2.0f, 3.2f, 0.6f, 0.2f, 0.3f, 0.6f, 0.3f, 0.5f, 0.2f, 0.3f, 0.3f, 0.5f},    // running
      {1.3f, 2.2f, 0.4f, 0.4f, 0.6f, 0.1f, 0.3f, 0.0f, 0.2f, 0.4f, 0.3f, 0.3f},    // stairs up
      {1.5f, 2.4f, 0.4f, 0.3f, 0.35f, 0.6f, 0.3f, -0.2f, 0.2f, 0.3f, 0.3f, 0.4f},  // stairs down
      {1.5f, 2.6f, 0.2f, 0.2f, 0.1f, 0.0f, 0.2f, 0.25f, 0.3f, 0.3f, 0.4f, 0.2f},   // cycling
      {0.2f, 0.6f, 0.05f, 0.0f, 0.0f, 0.0f, 0.1f, 0.0f, 0.1f, 0.1f, 0.1f, 0.1f},   // standing
  };

  // The same as one person does it.
  static Gait personal(Gait gait, Draws& draws) {
    constexpr float range = 0.4f;
    for (float* size :
         {&gait.up, &gait.second, &gait.impact, &gait.forward, &gait.aside, &gait.pitch, &gait.roll, &gait.yaw}) {
      *size *= draws.between(1.0f - range, 1.0f + range);
    }
    for (float* phase : {&gait.second_phase, &gait.forward_phase}) *phase += draws.between(-0.1f, 0.1f);
    return gait;
  }

  // The blow of a foot: short, once in a step, with nothing left over on average.
  static float blow(float phase) {
    const float place = phase - static_cast<float>(static_cast<int>(phase));
    return bell((place - 0.2f) / 0.12f) - 0.128f;
  }

  // How the sensor is turned away from forwards, left and up: any way around the upright axis, little around the others.
  struct Seat {
    float matrix[3][3];

    explicit Seat(Draws& draws) {
      const float yaw = draws.between(-0.5f, 0.5f), pitch = draws.between(-0.08f, 0.08f);
      const float roll = draws.between(-0.08f, 0.08f);
      const float a = cosine(yaw), b = sine(yaw), c = cosine(pitch), d = sine(pitch), e = cosine(roll), f = sine(roll);
      const float rows[3][3] = {{a * c, a * d * f - b * e, a * d * e + b * f},
                                {b * c, b * d * f + a * e, b * d * e - a * f},
                                {-d, c * f, c * e}};
      for (int i = 0; i < 9; ++i) matrix[i / 3][i % 3] = rows[i / 3][i % 3];
    }
    void turn(float x, float y, float z, float* out) const {
      for (int i = 0; i < 3; ++i) out[i] = matrix[i][0] * x + matrix[i][1] * y + matrix[i][2] * z;
    }
  };
};

}  // namespace mica::models
