#include "digits.hpp"

#include <algorithm>
#include <cmath>

#include <mica/data/synthetic_digits.hpp>
#include <mica/rng.hpp>

#include "../models/digits.hpp"
#include "../models/refusal.hpp"

namespace mica::labs {
namespace {

constexpr float mean = 0.1307f, deviation = 0.3081f;

}  // namespace

float brightness_of(float standardised) { return 255 * (standardised * deviation + mean); }
float standardised(float brightness) { return (brightness / 255 - mean) / deviation; }

Digits Digits::first(int count) const {
  Digits part;
  part.side = side;
  const auto end = static_cast<std::ptrdiff_t>(std::min(count, size()));
  part.pixels.assign(pixels.begin(), pixels.begin() + end * numbers());
  part.labels.assign(labels.begin(), labels.begin() + end);
  return part;
}

Digits Digits::halved() const {
  Digits half;
  half.side = side / 2;
  half.labels = labels;
  double sum = 0, squares = 0;
  for (int i = 0; i < size(); ++i) {
    for (int y = 0; y < half.side; ++y) {
      for (int x = 0; x < half.side; ++x) {
        const float* const at = image(i) + 2 * y * side + 2 * x;
        const float value = (at[0] + at[1] + at[side] + at[side + 1]) / 4;
        half.pixels.push_back(value);
        sum += static_cast<double>(value);
        squares += static_cast<double>(value) * static_cast<double>(value);
      }
    }
  }
  const auto count = static_cast<double>(half.pixels.size());
  const double middle = sum / count, spread = std::sqrt(squares / count - middle * middle);
  for (float& pixel : half.pixels) pixel = static_cast<float>((static_cast<double>(pixel) - middle) / spread);
  return half;
}

std::vector<bool> spoil_labels(Digits& digits, double share, std::uint64_t seed) {
  std::vector<bool> wrong(static_cast<std::size_t>(digits.size()));
  const Random random = Random(seed).fork(77);
  for (int i = 0; i < digits.size(); ++i) {
    const auto index = static_cast<std::uint32_t>(i);
    if (static_cast<double>(random.uniform(2 * index)) >= share) continue;
    wrong[static_cast<std::size_t>(i)] = true;
    digits.label(i) = static_cast<std::uint8_t>((digits.label(i) + 1 + random.below(9, 2 * index + 1)) % 10);
  }
  return wrong;
}

Digits Source::take(bool training, int count, std::uint64_t seed) const {
  Digits digits;
  digits.pixels.resize(static_cast<std::size_t>(count) * 784);
  digits.labels.resize(static_cast<std::size_t>(count));
  if (folder_.empty()) {
    const auto drawn = training ? SyntheticDigits<Shape<28, 28, 1>>::training(count, seed)
                                : SyntheticDigits<Shape<28, 28, 1>>::testing(count, seed);
    for (int i = 0; i < count; ++i) models::check(drawn.read(i, digits.image(i), digits.label(i)));
    return digits;
  }
  // Other seeds take the files' digits from further on, and go on from the first behind the last.
  const models::Part part = training ? models::Part::training : models::Part::test;
  const auto samples = models::digits28().open(part, folder_, 0, [](const std::string&) {});
  if (samples->size() < count) {
    models::refuse("The lab needs " + std::to_string(count) + " digits, but " + folder_ + " holds " +
                   std::to_string(samples->size()) + ".");
  }
  const int offset = training ? static_cast<int>((seed - 1) % 6) * 10000 : 0;
  for (int i = 0; i < count; ++i) {
    const int sample = (offset + i) % samples->size();
    models::check(samples->read(sample, digits.image(i)));
    digits.label(i) = samples->label(sample);
  }
  return digits;
}

}  // namespace mica::labs
