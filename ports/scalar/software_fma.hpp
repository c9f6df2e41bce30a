// A correctly rounded fused multiply-add for processors without one: in double where the processor has double, in
// integers where doubles are software as well.
#pragma once

#include <cstdint>
#include <cstring>

#include "../select.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace ports {

// The product of two floats is exact in double. The sum is rounded to odd (an inexact sum whose last bit is even moves
// one step towards what was lost), so that the final rounding to float is the only one that counts.
inline float software_fma_by_double(float a, float b, float c) {
  const double product = static_cast<double>(a) * static_cast<double>(b);
  const double addend = static_cast<double>(c);
  double sum = product + addend;
  const double added = sum - product;
  const double lost = (product - (sum - added)) + (addend - added);
  std::uint64_t bits;
  std::memcpy(&bits, &sum, sizeof bits);
  const bool finite = ((bits >> 52) & 0x7ff) != 0x7ff;
  if (lost != 0.0 && (bits & 1) == 0 && finite) {
    bits += (lost > 0.0) == (sum > 0.0) ? std::uint64_t{1} : ~std::uint64_t{0};
    std::memcpy(&sum, &bits, sizeof sum);
  }
  return static_cast<float>(sum);
}

// |x| = significand * 2^exponent, the significand in [2^23, 2^24).
struct FloatParts {
  std::uint32_t significand;
  int exponent;
  explicit FloatParts(std::uint32_t bits)
      : significand(bits & 0x7fffff), exponent(static_cast<int>(bits >> 23 & 0xff) - 150) {
    if (exponent > -150) {
      significand |= 0x800000;
    } else {
      const int shift = __builtin_clz(significand) - 8;
      significand <<= shift;
      exponent = -149 - shift;
    }
  }
};

// x / 2^shift, whose last bit is also set if anything was lost.
inline std::uint64_t shift_right_sticky(std::uint64_t x, int shift) {
  if (shift >= 64) return x != 0 ? 1 : 0;
  const std::uint64_t shifted = x >> shift;
  return shifted << shift == x ? shifted : shifted | 1;
}

// Zeros, infinities and NaN are left to the ordinary operations, which are exact for them. Otherwise product and addend
// are brought to one exponent with 14 bits or more below them, added, and rounded once, to even. Never inlined: kernels
// have hundreds of fused steps.
[[gnu::noinline]] inline float software_fma_by_integers(float a, float b, float c) {
  std::uint32_t u, v, w;
  std::memcpy(&u, &a, sizeof u);
  std::memcpy(&v, &b, sizeof v);
  std::memcpy(&w, &c, sizeof w);
  constexpr std::uint32_t infinite = 0x7f800000, largest = 0x7fffffff;
  if ((u & infinite) == infinite || (v & infinite) == infinite) return a * b + c;
  if ((w & infinite) == infinite) return c + c;
  if ((u & largest) == 0 || (v & largest) == 0) return a * b + c;

  const FloatParts left(u), right(v);
  std::uint32_t negative = (u ^ v) >> 31;
  std::uint64_t sum = static_cast<std::uint64_t>(left.significand) * right.significand << 14;
  int exponent = left.exponent + right.exponent - 14;
  if ((w & largest) != 0) {
    const FloatParts parts(w);
    std::uint64_t addend = static_cast<std::uint64_t>(parts.significand) << 38;
    const int distance = exponent - (parts.exponent - 38);
    if (distance > 0) {
      addend = shift_right_sticky(addend, distance);
    } else {
      sum = shift_right_sticky(sum, -distance);
      exponent -= distance;
    }
    if (negative == w >> 31) {
      sum += addend;
    } else if (sum == addend) {
      return 0.0f;
    } else if (sum > addend) {
      sum -= addend;
    } else {
      sum = addend - sum;
      negative ^= 1;
    }
  }

  const int shift = __builtin_clzll(sum);
  sum <<= shift;
  int biased = exponent - shift + 63 + 127;
  if (biased < 1) {
    sum = shift_right_sticky(sum, 1 - biased);
    biased = 1;
  }
  std::uint32_t result = static_cast<std::uint32_t>(sum >> 40);
  const std::uint64_t rest = sum & 0xffffffffff, half = 0x8000000000;
  if (rest > half || (rest == half && (result & 1) != 0)) ++result;
  // The significand's leading bit, if it is there, adds the last one to the exponent.
  result += static_cast<std::uint32_t>(biased - 1) << 23;
  if (biased > 254) result = infinite;
  result |= negative << 31;
  float rounded;
  std::memcpy(&rounded, &result, sizeof rounded);
  return rounded;
}

inline float software_fma(float a, float b, float c) {
#if MICA_DOUBLE_HARDWARE
  return software_fma_by_double(a, b, c);
#else
  return software_fma_by_integers(a, b, c);
#endif
}

}  // namespace ports
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
