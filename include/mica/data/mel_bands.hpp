#pragma once

#include <cstdint>

#include <mica/data/constant_functions.hpp>
#include <mica/namespace.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// MelBin: a bin between the points `point` and `point + 1`, and how far triangle `point` has risen and triangle
// `point - 1` fallen there. Memory: 12 bytes.
struct MelBin {
  std::int32_t point = 0;
  float rising = 0, falling = 0;
};

// MelBands: triangles over the bins of a power spectrum. The scale is HTK's, mel = 2595 log10(1 + hertz / 700), and the
// triangles are not normalised: torchaudio's defaults. band_count + 2 points stand evenly on that scale from `lowest` to
// `highest` hertz; triangle b rises linearly in hertz from point b to point b + 1, where it is 1, and falls to point b + 2.
// So a bin between two points lies in two triangles at most.
// Memory: 12 bytes for each bin from the first to the last, constant.
template <int rate, int size, int band_count, int lowest, int highest>
struct MelBands {
  // Bins with lowest <= hertz < highest.
  static constexpr int first = static_cast<int>((static_cast<long long>(lowest) * size + rate - 1) / rate);
  static constexpr int count = static_cast<int>((static_cast<long long>(highest) * size + rate - 1) / rate) - first;

  MelBin bins[count > 0 ? count : 1] = {};
  bool complete = true;  // every triangle has a bin in it

  constexpr MelBands() {
    const double begin = mel(lowest), step = (mel(highest) - begin) / (band_count + 1);
    bool has_bin[band_count + 2] = {};
    double left = lowest, right = hertz(begin + step);
    for (int i = 0, point = 0; i < count; ++i) {
      const double frequency = static_cast<double>(first + i) * rate / size;
      while (frequency >= right && point < band_count) {
        ++point;
        left = right;
        right = point == band_count ? highest : hertz(begin + step * (point + 1));
      }
      MelBin& bin = bins[i];
      bin.point = point;
      if (point < band_count) bin.rising = static_cast<float>((frequency - left) / (right - left));
      if (point > 0) bin.falling = static_cast<float>((right - frequency) / (right - left));
      if (bin.rising > 0) has_bin[point] = true;
      if (bin.falling > 0) has_bin[point - 1] = true;
    }
    for (int band = 0; band < band_count; ++band) complete = complete && has_bin[band];
  }

 private:
  // 2595 / log(10).
  static constexpr double mel(double hertz) { return 1126.9941805389383 * constant::log(1 + hertz / 700); }
  static constexpr double hertz(double mel) { return 700 * (constant::exp(mel / 1126.9941805389383) - 1); }
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
