#include <cstdint>
#include <cstring>

#include <mica/diagnostics/value_statistics.hpp>
#include <mica/square_root.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace {

constexpr float largest_number = 3.40282347e38f;

float magnitude(float x) { return x < 0 ? -x : x; }
float larger(float a, float b) { return a > b ? a : b; }

// A power of two that brings numbers of up to this size near 1, and its inverse.
struct Scale {
  float down = 1, up = 1;
  explicit Scale(float largest) {
    constexpr int bias = 127, most = 100;
    std::uint32_t bits;
    std::memcpy(&bits, &largest, sizeof bits);
    int exponent = static_cast<int>(bits >> 23 & 255) - bias;
    if (exponent > most) exponent = most;
    if (exponent < -most) exponent = -most;
    down = power_of_two(-exponent);
    up = power_of_two(exponent);
  }
  static float power_of_two(int exponent) {
    const std::uint32_t bits = static_cast<std::uint32_t>(exponent + 127) << 23;
    float power;
    std::memcpy(&power, &bits, sizeof power);
    return power;
  }
};

// A sum that carries what rounding took from it along (Kahan).
struct CompensatedSum {
  float sum = 0, lost = 0;
  void add(float x) {
    const float corrected = x - lost;
    const float next = sum + corrected;
    lost = (next - sum) - corrected;
    sum = next;
  }
};

// What may be too large for a number becomes the largest one.
float limited(float x) { return x > largest_number ? largest_number : x; }

// Numbers that are read one by one: an array, or the difference of two.
template <class Read>
ValueStatistics statistics_of(int n, Read read) {
  ValueStatistics of;
  for (int i = 0; i < n; ++i) {
    const float x = read(i);
    if (x != x) {
      ++of.not_a_number;
    } else if (magnitude(x) > largest_number) {
      ++of.infinite;
    } else {
      if (of.count == 0) of.minimum = of.maximum = x;
      ++of.count;
      of.zeros += x == 0;
      of.minimum = x < of.minimum ? x : of.minimum;
      of.maximum = x > of.maximum ? x : of.maximum;
    }
  }
  if (of.count == 0) return of;

  const Scale scale(larger(magnitude(of.minimum), magnitude(of.maximum)));
  const auto each = [&](auto use) {
    for (int i = 0; i < n; ++i) {
      const float x = read(i);
      if (magnitude(x) <= largest_number) use(x * scale.down);
    }
  };
  const auto count = static_cast<float>(of.count);
  // From the smallest number on, so that equal numbers have their own value as mean, and deviation 0.
  const float origin = of.minimum * scale.down;
  CompensatedSum sum, squares, squared_distances;
  each([&](float v) {
    sum.add(v - origin);
    squares.add(v * v);
  });
  const float mean = origin + sum.sum / count;
  each([&](float v) { squared_distances.add((v - mean) * (v - mean)); });
  of.mean = mean * scale.up;
  of.deviation = limited(square_root(squared_distances.sum / count) * scale.up);
  of.norm = limited(square_root(squares.sum) * scale.up);
  return of;
}

// sqrt(a a + b b).
float hypotenuse(float a, float b) {
  const Scale scale(larger(magnitude(a), magnitude(b)));
  const float x = a * scale.down, y = b * scale.down;
  return limited(square_root(x * x + y * y) * scale.up);
}

}  // namespace

void ValueStatistics::add(int n, const float* x) {
  merge(statistics_of(n, [x](int i) { return x[i]; }));
}

void ValueStatistics::add_change(int n, const float* x, const float* start) {
  merge(statistics_of(n, [x, start](int i) { return x[i] - start[i]; }));
}

float ValueStatistics::root_mean_square() const {
  return count > 0 ? norm / square_root(static_cast<float>(count)) : 0;
}

void ValueStatistics::merge(const ValueStatistics& other) {
  if (empty()) {
    *this = other;
    return;
  }
  not_a_number += other.not_a_number;
  infinite += other.infinite;
  if (other.count == 0) return;
  if (count == 0) {
    const int nan = not_a_number, infinities = infinite;
    *this = other;
    not_a_number = nan;
    infinite = infinities;
    return;
  }
  // The deviation around the common mean: within both parts, and between them.
  const auto here = static_cast<float>(count), there = static_cast<float>(other.count);
  const float share = there / (here + there);
  const float between = square_root(share * (1 - share)) * (other.mean - mean);
  const float within = hypotenuse(deviation * square_root(1 - share), other.deviation * square_root(share));
  deviation = hypotenuse(within, between);
  mean = mean + share * (other.mean - mean);
  norm = hypotenuse(norm, other.norm);
  minimum = other.minimum < minimum ? other.minimum : minimum;
  maximum = other.maximum > maximum ? other.maximum : maximum;
  count += other.count;
  zeros += other.zeros;
}

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
