// Functions of one float over many arguments: how far the results are from the exact ones, whether Scalar and Native
// agree, and a hash that is the same on every machine.
#pragma once

#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstring>

#include <doctest/doctest.h>
#ifndef DOCTEST_CONFIG_NO_MULTITHREADING
#include <thread>
#endif

#include "support.hpp"

namespace tests {

constexpr std::uint32_t nan_bits = 0x7fc00000;

// The distance of neighbouring floats around |exact|, which may be subnormal.
inline double ulp(double exact) {
  std::uint64_t bits;
  std::memcpy(&bits, &exact, sizeof bits);
  const int exponent = static_cast<int>(bits >> 52 & 0x7ff) - 1023;
  const int place = exponent < -126 ? -149 : exponent - 23;
  const std::uint64_t unit = static_cast<std::uint64_t>(place + 1023) << 52;
  double result;
  std::memcpy(&result, &unit, sizeof result);
  return result;
}

// How far y is from the exact value, in float ulps of that; infinite where only one pattern is right and y is not it.
inline double error_in_ulps(double exact, float y, bool keeps_subnormals) {
  if (std::isnan(exact)) return bits_of(y) == nan_bits ? 0.0 : HUGE_VAL;
  if (std::fabs(exact) >= 0x1p128) return bits_of(y) == (exact > 0 ? 0x7f800000 : 0xff800000) ? 0.0 : HUGE_VAL;
  if (std::fabs(exact) < 0x1p-126 && !keeps_subnormals) return y == 0 ? 0.0 : HUGE_VAL;
  return std::fabs(static_cast<double>(y) - exact) / ulp(exact);
}

// Where a short series is as good as libm it is used instead, because that saves much time over all arguments.
inline bool series_suffices(double x) { return std::fabs(x) < 0x1p-12; }

// A function has a name; apply<P>(x) for a port P; error(x, y), how far y is from the exact result at x; the largest
// such error allowed with and without a fused multiply-add; and the hash of the results for the sampled arguments.

struct Sweep {
  double worst = 0;
  std::uint32_t worst_at = 0;
  std::uint64_t different = 0;  // arguments for which Scalar and Native disagree
  std::uint32_t different_at = 0;
  std::uint64_t hash = 0xcbf29ce484222325;  // FNV-1a over Native's results, low byte first
};

// `count` arguments, a multiple of 256, whose bit patterns start at `first` and are `step` apart, modulo 2^32.
template <class Function>
Sweep sweep(std::uint32_t first, std::uint32_t step, std::uint64_t count, bool hashed) {
  constexpr int block = 256;
  static_assert(block % Native::lanes == 0, "");
  Sweep result;
  float x[block], native[block], scalar[block];
  std::uint32_t bits = first;
  for (std::uint64_t done = 0; done < count; done += block) {
    for (int i = 0; i < block; ++i, bits += step) x[i] = from_bits(bits);
    for (int i = 0; i < block; i += Native::lanes) {
      Native::store(native + i, Function::template apply<Native>(Native::load(x + i)));
    }
    for (int i = 0; i < block; ++i) scalar[i] = Function::template apply<Scalar>(x[i]);
    for (int i = 0; i < block; ++i) {
      const std::uint32_t y = bits_of(native[i]);
      if (y != bits_of(scalar[i])) {
        ++result.different;
        result.different_at = bits_of(x[i]);
      }
      const double error = Function::error(static_cast<double>(x[i]), native[i]);
      if (!(error <= result.worst)) {
        result.worst = error;
        result.worst_at = bits_of(x[i]);
      }
    }
    for (int i = 0; hashed && i < block; ++i) {
      for (int byte = 0; byte < 32; byte += 8) {
        result.hash = (result.hash ^ (bits_of(native[i]) >> byte & 0xff)) * 0x100000001b3;
      }
    }
  }
  return result;
}

template <class Function>
void check(const Sweep& result) {
  constexpr double bound = fused ? Function::bound : Function::bound_without_fma;
  CAPTURE(result.worst_at);
  CAPTURE(result.different_at);
  CHECK(result.worst <= bound);
  CHECK(result.different == 0);
  std::printf("%-16s largest error %.4f at %08x (%.9g)\n", Function::name, result.worst,
              static_cast<unsigned>(result.worst_at), static_cast<double>(from_bits(result.worst_at)));
}

// The result for `x` on Scalar and in every lane of Native, between lanes that hold something else; checks that they
// are one and the same pattern.
template <class Function>
std::uint32_t everywhere(float x) {
  const std::uint32_t y = bits_of(Function::template apply<Scalar>(x));
  const float others[] = {0.75f, HUGE_VALF, -100.0f, from_bits(0x7fa12345), 1e-40f, -0.0f, 3e38f};
  float values[Native::lanes], results[Native::lanes];
  for (int lane = 0; lane < Native::lanes; ++lane) {
    for (int i = 0; i < Native::lanes; ++i) values[i] = i == lane ? x : others[(i + lane) % 7];
    Native::store(results, Function::template apply<Native>(Native::load(values)));
    CAPTURE(lane);
    CHECK(bits_of(results[lane]) == y);
  }
  return y;
}

template <class Function>
void check_value(std::uint32_t x, std::uint32_t expected) {
  CAPTURE(Function::name);
  CAPTURE(x);
  CHECK(everywhere<Function>(from_bits(x)) == expected);
}

// About a million arguments, spread over all patterns; 4099 is odd, so that every lane sees every kind.
template <class Function>
void check_sampled() {
  const Sweep result = sweep<Function>(0, 4099, std::uint64_t{1} << 20, true);
  check<Function>(result);
  std::printf("%-16s hash %08x%08x\n", Function::name, static_cast<unsigned>(result.hash >> 32),
              static_cast<unsigned>(result.hash & 0xffffffff));
  if (fused) CHECK(result.hash == Function::hash);
}

template <class Function>
void check_every(std::uint32_t step) {
  const std::uint64_t half = (std::uint64_t{1} << 31) / step;
  Sweep even, odd;
#ifndef DOCTEST_CONFIG_NO_MULTITHREADING
  std::thread other([&] { odd = sweep<Function>(step, 2 * step, half, false); });
  even = sweep<Function>(0, 2 * step, half, false);
  other.join();
#else
  even = sweep<Function>(0, 2 * step, half, false);
  odd = sweep<Function>(step, 2 * step, half, false);
#endif
  check<Function>(even);
  check<Function>(odd);
}

}  // namespace tests
