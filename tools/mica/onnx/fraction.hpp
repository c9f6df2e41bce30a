// A number as a fraction of whole numbers, because a template's arguments are whole numbers.
#pragma once

#include <cmath>
#include <cstdint>
#include <optional>
#include <string>

namespace mica::onnx {

struct Fraction {
  int numerator, denominator;
  std::string text() const { return std::to_string(numerator) + ", " + std::to_string(denominator); }
};

// The simplest fraction whose quotient in float is within `tolerance` of the number: exactly the number for 0.
inline std::optional<Fraction> fraction_of(float number, float tolerance = 0) {
  if (!(std::fabs(number) < 1e6f)) return {};
  // Continued fractions: each convergent p / q is the closest of all with a denominator up to q.
  double rest = std::fabs(static_cast<double>(number));
  std::int64_t p = 1, q = 0, previous_p = 0, previous_q = 1;
  for (int i = 0; i < 40; ++i) {
    const auto whole = static_cast<std::int64_t>(rest);
    const std::int64_t next_p = whole * p + previous_p, next_q = whole * q + previous_q;
    if (next_p > 16777216 || next_q > 16777216) return {};
    previous_p = p, previous_q = q, p = next_p, q = next_q;
    const float quotient = static_cast<float>(p) / static_cast<float>(q);
    if (std::fabs(quotient - std::fabs(number)) <= tolerance) {
      return Fraction{static_cast<int>(number < 0 ? -p : p), static_cast<int>(q)};
    }
    const double fraction = rest - static_cast<double>(whole);
    if (fraction == 0) return {};
    rest = 1 / fraction;
  }
  return {};
}

}  // namespace mica::onnx
