// A correctly rounded square root for processors without one, where the compiler would call libm.
#pragma once

#include <cstdint>
#include <cstring>

#include "../select.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace ports {

// x = significand * 2^exponent with an odd exponent has the root sqrt(significand * 2^25) * 2^((exponent - 25) / 2). Its
// 25 bits are found one by one: 24 and one that rounds, for the root of a float never lies half-way between two floats.
[[gnu::noinline]] inline float software_sqrt(float x) {
  std::uint32_t bits;
  std::memcpy(&bits, &x, sizeof bits);
  if (x == 0 || bits == 0x7f800000) return x;
  if (!(x > 0)) return (x - x) / (x - x);  // NaN
  int exponent = static_cast<int>(bits >> 23) - 150;
  std::uint32_t significand = bits & 0x7fffff;
  if (exponent > -150) {
    significand |= 0x800000;
  } else {
    const int shift = __builtin_clz(significand) - 8;
    significand <<= shift;
    exponent = -149 - shift;
  }
  if (exponent % 2 == 0) {
    significand <<= 1;
    --exponent;
  }
  significand <<= 1;
  std::uint32_t root = 0, rest = 0;
  for (int bit = 24; bit >= 0; --bit) {
    rest = rest << 2 | (bit >= 12 ? significand >> (2 * bit - 24) & 3 : 0);
    const std::uint32_t trial = root << 2 | 1;
    root <<= 1;
    if (rest >= trial) {
      rest -= trial;
      root |= 1;
    }
  }
  const int biased = (exponent - 25) / 2 + 1 + 150;
  bits = (static_cast<std::uint32_t>(biased - 1) << 23) + ((root + 1) >> 1);
  std::memcpy(&x, &bits, sizeof x);
  return x;
}

}  // namespace ports
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
