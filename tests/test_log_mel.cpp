// Log-mel features against PyTorch, against the same in double, and the same bits everywhere.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <vector>

#include <mica/data/log_mel.hpp>

#include "bits.hpp"
#include "golden/draw.hpp"
#include "golden/log_mel.hpp"

namespace {

constexpr double pi = 3.14159265358979323846;

using Speech = mica::LogMel<16000, 480, 320, 40>;
using Vibration = mica::LogMel<8000, 256, 64, 16, 50, 3500>;
using Whole = mica::LogMel<4000, 8, 8, 1>;
static_assert(sizeof(Speech) == 2 * 480 + 4 * 512 + 12);
static_assert(Speech::size == 512 && Vibration::size == 256 && Whole::size == 8);
static_assert(Speech::frames(479) == 0 && Speech::frames(480) == 1 && Speech::frames(16000) == 49);

Speech speech;

using Samples = std::vector<std::int16_t>;
using Frames = std::vector<float>;

// What LogMel says it computes, in double and by the definition of each step.
template <int rate, int window, int hop, int bands, int lowest, int highest>
std::vector<double> reference(const mica::LogMel<rate, window, hop, bands, lowest, highest>& features,
                              const Samples& samples, int first_frame, int frame_count) {
  constexpr int size = std::remove_reference_t<decltype(features)>::size;
  std::vector<double> cosine(size), frames, power(size / 2 + 1), points(bands + 2);
  for (int i = 0; i < size; ++i) cosine[static_cast<std::size_t>(i)] = std::cos(2 * pi * i / size);
  const auto mel = [](double hertz) { return 2595 * std::log10(1 + hertz / 700); };
  for (int i = 0; i < bands + 2; ++i) {
    const double at = mel(lowest) + (mel(highest) - mel(lowest)) * i / (bands + 1);
    points[static_cast<std::size_t>(i)] = 700 * (std::pow(10, at / 2595) - 1);
  }
  for (int frame = first_frame; frame < first_frame + frame_count; ++frame) {
    double windowed[window];
    for (int i = 0; i < window; ++i) {
      windowed[i] =
          samples[static_cast<std::size_t>(frame * hop + i)] / 32768.0 * (1 - std::cos(2 * pi * i / window)) / 2;
    }
    for (int k = 0; k <= size / 2; ++k) {
      double re = 0, im = 0;
      for (int i = 0; i < window; ++i) {
        re += windowed[i] * cosine[static_cast<std::size_t>(i * k % size)];
        im += windowed[i] * cosine[static_cast<std::size_t>((i * k + size / 4) % size)];
      }
      power[static_cast<std::size_t>(k)] = re * re + im * im;
    }
    for (std::size_t b = 0; b < bands; ++b) {
      double energy = 0;
      for (int k = 0; k <= size / 2; ++k) {
        const double hertz = static_cast<double>(k) * rate / size;
        const double rising = (hertz - points[b]) / (points[b + 1] - points[b]);
        const double falling = (points[b + 2] - hertz) / (points[b + 2] - points[b + 1]);
        energy += std::max(0.0, std::min(rising, falling)) * power[static_cast<std::size_t>(k)];
      }
      frames.push_back(std::log(energy + static_cast<double>(features.floor)));
    }
  }
  return frames;
}

// The largest differences of a few frames: absolute, and relative to numbers above 1.
struct Error {
  double absolute = 0, relative = 0;
};
template <class Features>
Error error(Features& features, const Samples& samples, int first_frame = 0, int frame_count = 2) {
  const int count = static_cast<int>(samples.size());
  constexpr std::size_t bands = Features::Frame::size;
  Frames frames(static_cast<std::size_t>(Features::frames(count)) * bands);
  features.transform(samples.data(), count, frames.data());
  const std::vector<double> expected = reference(features, samples, first_frame, frame_count);
  Error largest;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const double found = static_cast<double>(frames[static_cast<std::size_t>(first_frame) * bands + i]);
    const double difference = std::fabs(found - expected[i]);
    largest.absolute = std::max(largest.absolute, difference);
    largest.relative = std::max(largest.relative, difference / std::max(1.0, std::fabs(expected[i])));
  }
  return largest;
}

template <class Function>
Samples sound(int count, Function f) {
  Samples samples;
  for (int i = 0; i < count; ++i) {
    samples.push_back(static_cast<std::int16_t>(std::lround(std::clamp<double>(f(i), -32768, 32767))));
  }
  return samples;
}

// Of whole numbers alone, so that it is the same everywhere: a chord of three triangle waves that slide, and noise.
Samples whole_number_sound(int count) {
  const mica::Random random(3);
  Samples samples;
  std::uint32_t phases[3] = {};
  for (int i = 0; i < count; ++i) {
    std::int32_t sum = static_cast<std::int32_t>(random.below(2000, static_cast<std::uint32_t>(i))) - 1000;
    for (std::uint32_t wave = 0; wave < 3; ++wave) {
      phases[wave] += (wave + 1) * (90000000u + 12345u * static_cast<std::uint32_t>(i));
      const auto height = static_cast<std::int32_t>(phases[wave]) / 65536;
      sum += (height < 0 ? -height : height) / 4 - 4096;
    }
    samples.push_back(static_cast<std::int16_t>(sum));
  }
  return samples;
}

template <class Case>
void check_golden() {
  static typename Case::Features features;
  Samples samples;
  const golden::Draw draw{Case::seed, 1};
  for (std::uint32_t i = 0; i < Case::samples; ++i) samples.push_back(static_cast<std::int16_t>(draw(i) * 32768));
  constexpr int count = static_cast<int>(std::size(Case::frames));
  static_assert(count == 2 * Case::Features::Frame::size);
  float frames[count];
  features.transform(samples.data(), Case::samples, frames);
  for (int i = 0; i < count; ++i) CHECK(std::fabs(static_cast<double>(frames[i]) - Case::frames[i]) < 1e-5);
}

}  // namespace

TEST_CASE("features are those of PyTorch") {
  check_golden<golden::Speech>();
  check_golden<golden::Telephone>();
}

TEST_CASE(
    "features are within 1e-4 of the same in double, relative to numbers above 1, for loud, quiet and pure sounds") {
  const int count = 800;
  tests::Numbers numbers(1);
  const double volumes[] = {32767, 10000, 1000, 30, 2, 0.6};
  Error worst;
  const auto check = [&](const char* what, const Samples& samples) {
    const Error found = error(speech, samples);
    INFO(what);
    CHECK(found.relative < 2e-5);
    // A pure tone at full volume leaves bands with a 10^10th of its energy.
    CHECK(found.absolute < 2e-4);
    if (std::strcmp(what, "tone") != 0) CHECK(found.absolute < 1e-4);
    worst.absolute = std::max(worst.absolute, found.absolute);
    worst.relative = std::max(worst.relative, found.relative);
  };
  for (const double volume : volumes) {
    if (tests::float_in_software && volume < 10000) continue;
    CAPTURE(volume);
    check("noise", sound(count, [&](int) { return volume * static_cast<double>(numbers.even()); }));
    check("impulse", sound(count, [&](int i) { return i % 330 == 100 ? volume : 0; }));
    check("slide", sound(count, [&](int i) { return volume * std::sin(0.0007 * i * i); }));
    // Between two bins, on a bin, and at both ends of the spectrum.
    for (const double hertz : {440.0, 1000.0, 2717.0, 31.25, 7999.0}) {
      CAPTURE(hertz);
      check("tone", sound(count, [&](int i) { return volume * std::sin(2 * pi * hertz * i / 16000); }));
    }
    check("constant", sound(count, [&](int) { return volume; }));
    check("square", sound(count, [&](int i) { return i / 20 % 2 == 0 ? volume : -volume - 1; }));
  }
  std::printf("largest difference: %.2e, relative %.2e\n", worst.absolute, worst.relative);
}

TEST_CASE("other sizes, windows and bands") {
  static Vibration vibration;
  static Whole whole;
  static mica::LogMel<16000, 400, 160, 64, 60, 7600> padded;
  tests::Numbers numbers(2);
  const Samples noise =
      sound(2000, [&](int i) { return (i < 900 ? 20000 : 200) * static_cast<double>(numbers.even()); });
  CHECK(error(vibration, noise, 10, 3).absolute < 1e-4);
  CHECK(error(whole, noise, 0, 100).absolute < 1e-4);
  CHECK(error(padded, noise, 4, 2).absolute < 1e-4);
  vibration.floor = 1e-3f;
  CHECK(error(vibration, noise, 10, 3).absolute < 1e-4);
}

TEST_CASE("silence is the logarithm of the floor") {
  const Samples silence(480, 0);
  float frame[40];
  speech.transform(silence.data(), 480, frame);
  for (const float x : frame) CHECK(x == frame[0]);
  CHECK(std::fabs(static_cast<double>(frame[0]) - std::log(1e-6)) < 1e-5);
}

TEST_CASE("sample by sample there are the same frames, also after others and after reset") {
  const int count = 2000;
  const Samples samples = whole_number_sound(count);
  Frames all(static_cast<std::size_t>(Speech::frames(count)) * 40), one(40);
  speech.transform(samples.data(), count, all.data());
  for (int round = 0; round < 2; ++round) {
    speech.reset();
    std::size_t found = 0;
    // The second time it is stopped somewhere and begun anew.
    if (round == 1) {
      for (int i = 0; i < 777; ++i) static_cast<void>(speech.push(samples[static_cast<std::size_t>(i)]));
      speech.reset();
    }
    for (int i = 0; i < count; ++i) {
      const bool due = speech.push(samples[static_cast<std::size_t>(i)]);
      CHECK(due == (i >= 479 && (i - 479) % 320 == 0));
      if (!due) continue;
      speech.compute(one.data());
      for (std::size_t b = 0; b < 40; ++b) CHECK(tests::bits_of(one[b]) == tests::bits_of(all[found * 40 + b]));
      ++found;
    }
    CHECK(found * 40 == all.size());
  }
}

TEST_CASE("the tables are the functions that they stand for") {
  static constexpr mica::HannWindow<480> hann{};
  static constexpr mica::QuarterSine<512> sine{};
  for (int i = 0; i <= 240; ++i) CHECK(std::fabs(hann.values[i] - 0x1p29 * (1 - std::cos(2 * pi * i / 480))) <= 0.51);
  for (int i = 0; i <= 128; ++i) CHECK(std::fabs(sine.values[i] - 0x1p30 * std::sin(2 * pi * i / 512)) <= 0.51);
  for (double x = 1; x < 1e5; x *= 1.37) CHECK(std::fabs(mica::constant::log(x) - std::log(x)) < 1e-13);
  for (double x = 0; x < 12; x += 0.17) CHECK(std::fabs(mica::constant::exp(x) / std::exp(x) - 1) < 1e-13);
  // Between the first and the last triangle's peak they add up to one.
  static constexpr mica::MelBands<16000, 512, 40, 0, 8000> mel{};
  CHECK(mel.complete);
  CHECK(mel.count == 256);
  for (const mica::MelBin& bin : mel.bins) {
    CHECK((bin.rising >= 0 && bin.falling >= 0));
    if (bin.point > 0 && bin.point < 40) CHECK(bin.rising + bin.falling == doctest::Approx(1));
  }
  // 128 bands are more than a spectrum of 257 bins can tell apart.
  static constexpr mica::MelBands<16000, 512, 128, 0, 8000> narrow{};
  CHECK(!narrow.complete);
}

TEST_CASE("features have the same bits everywhere") {
  const int count = 16000;
  const Samples samples = whole_number_sound(count);
  Frames frames(static_cast<std::size_t>(Speech::frames(count)) * 40);
  speech.transform(samples.data(), count, frames.data());
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const float x : frames) hash = (hash ^ tests::bits_of(x)) * 0x100000001b3;
  tests::check_hash("log-mel", hash, 0x06caa8436c53ceda);
}
