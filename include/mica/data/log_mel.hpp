#pragma once

#include <cstdint>

#include <mica/data/mel_bands.hpp>
#include <mica/data/power_spectrum.hpp>
#include <mica/namespace.hpp>
#include <mica/shape.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// LogMelPlan: the tables of a LogMel, for the loops behind it. Memory: 44 bytes.
struct LogMelPlan {
  const std::int32_t* hann;
  const std::int32_t* sine;
  const MelBin* bins;
  int window, size, bands, first_bin, bin_count;
};

// One frame of a window of samples, of which the oldest stands at `begin` and the others follow it around the ring.
// `numbers` has room for plan.size numbers.
void log_mel_frame(const LogMelPlan& plan, const std::int16_t* ring, int begin, float floor, std::int32_t* numbers,
                   float* frame);

// LogMel: sound, or any other vibration, as a network takes it: of every `hop` samples one frame of `bands` numbers,
//   frame[b] = log(floor + sum over k of triangle[b][k] |X[k]|^2)
// where X is the spectrum of `window` samples in [-1, 1) under a Hann window, filled up with zeros to a power of two.
// The triangles are those of MelBands between `lowest` and `highest` hertz. These are torchaudio's defaults (HTK's
// scale, no normalisation, a periodic window) with center=False and win_length=window; the floor is a number of ours.
//
//   mica::LogMel<16000, 480, 320, 40> features;              // 16 kHz, windows of 30 ms, a frame every 20 ms
//   if (features.push(sample)) features.compute(frame);      // from a microphone, sample by sample
//   features.transform(samples, 16000, frames);              // or a whole recording
//
// Numerics: the same bits on all ports, by push as by transform. Within 2e-5 of the same in double, relative to numbers
// above 1, where floor is 1e-6; the largest errors, 1.4e-4 absolute, stand beside a pure tone at full volume.
// Memory: 2 window + 4 size + 12 bytes, where size is the next power of two; the tables, which are constants, take
// 2 window + size + 12 bytes for each bin.
template <int rate, int window, int hop, int bands, int lowest = 0, int highest = rate / 2>
class LogMel {
  static_assert(window >= 8 && window <= 8192, "mica::LogMel: the window must be 8 to 8192 samples.");
  static_assert(hop >= 1, "mica::LogMel: the hop must be a sample at least.");
  static_assert(0 <= lowest && lowest < highest && highest <= rate / 2,
                "mica::LogMel: frequencies must go from lowest to highest, and highest be half of the rate at most.");
  static_assert(bands >= 1 && bands <= 256, "mica::LogMel: there must be 1 to 256 bands.");

  static constexpr int next_power_of_two() {
    int power = 8;
    while (power < window) power *= 2;
    return power;
  }

 public:
  static constexpr int size = next_power_of_two();
  using Frame = Shape<bands>;

  // Added to every band's energy; from 1e-20 upward.
  float floor = 1e-6f;

  // How many frames transform() writes for so many samples.
  static constexpr int frames(int samples) { return samples < window ? 0 : (samples - window) / hop + 1; }

  // Takes a sample; true if a frame is due, which compute() then writes before the next sample is pushed. The first is
  // due when the window is full.
  bool push(std::int16_t sample) {
    ring_[at_] = sample;
    at_ = at_ + 1 == window ? 0 : at_ + 1;
    if (--missing_ > 0) return false;
    missing_ = hop;
    return true;
  }
  // The frame of the last `window` samples.
  void compute(float* frame) { log_mel_frame(plan, ring_, at_, floor, numbers_, frame); }

  // Forgets all samples.
  void reset() {
    at_ = 0;
    missing_ = window;
  }

  // All frames of a recording, frame after frame. Begins with reset().
  void transform(const std::int16_t* samples, int count, float* to) {
    reset();
    for (int i = 0; i < count; ++i) {
      if (!push(samples[i])) continue;
      compute(to);
      to += bands;
    }
  }

 private:
  static constexpr MelBands<rate, size, bands, lowest, highest> triangles{};
  static_assert(
      triangles.complete,
      "mica::LogMel: a band lies between two bins of the spectrum and would always be empty; take fewer bands, "
      "a longer window, or a higher lowest frequency.");
  static constexpr HannWindow<window> hann{};
  static constexpr QuarterSine<size> sine{};
  static constexpr LogMelPlan plan{hann.values, sine.values, triangles.bins,  window,
                                   size,        bands,       triangles.first, triangles.count};

  std::int16_t ring_[window] = {};
  std::int32_t numbers_[size];
  int at_ = 0;
  int missing_ = window;
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
