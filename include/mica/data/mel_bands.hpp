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

// MelScale: triangles over the bins of a power spectrum of `size` samples. The scale is HTK's,
// mel = 2595 log10(1 + hertz / 700), and the triangles are not normalised: torchaudio's defaults. bands + 2 points stand
// evenly on that scale from `lowest` to `highest` hertz; triangle b rises linearly in hertz from point b to point b + 1,
// where it is 1, and falls to point b + 2. So a bin between two points lies in two triangles at most. Memory: 20 bytes.
struct MelScale {
  static constexpr int most_bands = 256;
  int rate, size, bands, lowest, highest;

  // Bins with lowest <= hertz < highest.
  constexpr int first() const { return first_from(lowest); }
  constexpr int count() const { return first_from(highest) - first_from(lowest); }

  // Writes count() bins. False if a triangle has no bin in it.
  constexpr bool fill(MelBin* bins) const {
    const double begin = mel(lowest), step = (mel(highest) - begin) / (bands + 1);
    bool has_bin[most_bands + 1] = {};
    double left = lowest, right = hertz(begin + step);
    for (int i = 0, point = 0; i < count(); ++i) {
      const double frequency = static_cast<double>(first() + i) * rate / size;
      while (frequency >= right && point < bands) {
        ++point;
        left = right;
        right = point == bands ? highest : hertz(begin + step * (point + 1));
      }
      MelBin& bin = bins[i];
      bin.point = point;
      if (point < bands) bin.rising = static_cast<float>((frequency - left) / (right - left));
      if (point > 0) bin.falling = static_cast<float>((right - frequency) / (right - left));
      if (bin.rising > 0) has_bin[point] = true;
      if (bin.falling > 0) has_bin[point - 1] = true;
    }
    bool complete = true;
    for (int band = 0; band < bands; ++band) complete = complete && has_bin[band];
    return complete;
  }

 private:
  constexpr int first_from(int frequency) const {
    return static_cast<int>((static_cast<long long>(frequency) * size + rate - 1) / rate);
  }
  // 2595 / log(10).
  static constexpr double mel(double hertz) { return 1126.9941805389383 * constant::log(1 + hertz / 700); }
  static constexpr double hertz(double mel) { return 700 * (constant::exp(mel / 1126.9941805389383) - 1); }
};

// MelBands: the same as a constant. Memory: 12 bytes for each bin.
template <int rate, int size, int bands, int lowest, int highest>
struct MelBands {
  static constexpr MelScale scale{rate, size, bands, lowest, highest};
  static constexpr int first = scale.first(), count = scale.count();
  MelBin bins[count > 0 ? count : 1] = {};
  bool complete = false;
  constexpr MelBands() { complete = scale.fill(bins); }
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
