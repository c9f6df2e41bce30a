// The elementary functions: special values, error bounds against libm in double, the same bits on Scalar and Native.
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <initializer_list>

#include <doctest/doctest.h>
#ifndef DOCTEST_CONFIG_NO_MULTITHREADING
#include <thread>
#endif

#include "../ports/native.hpp"
#include "../src/kernels/elementary.hpp"

namespace {

using mica::ports::Native;
using mica::ports::Scalar;
template <class P>
using On = mica::kernels::Elementary<P>;

constexpr std::uint32_t nan_bits = 0x7fc00000;
// Without a fused multiply-add the bits differ from other machines, and the errors are larger.
#if MICA_FMA_HARDWARE || defined(MICA_EXACT)
constexpr bool fused = true;
#else
constexpr bool fused = false;
#endif

float from_bits(std::uint32_t bits) {
  float x;
  std::memcpy(&x, &bits, sizeof x);
  return x;
}

std::uint32_t bits_of(float x) {
  std::uint32_t bits;
  std::memcpy(&bits, &x, sizeof bits);
  return bits;
}

// The distance of neighbouring floats around |exact|, which may be subnormal.
double ulp(double exact) {
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
double error_in_ulps(double exact, float y, bool keeps_subnormals) {
  if (std::isnan(exact)) return bits_of(y) == nan_bits ? 0.0 : HUGE_VAL;
  if (std::fabs(exact) >= 0x1p128) return bits_of(y) == (exact > 0 ? 0x7f800000 : 0xff800000) ? 0.0 : HUGE_VAL;
  if (std::fabs(exact) < 0x1p-126 && !keeps_subnormals) return y == 0 ? 0.0 : HUGE_VAL;
  return std::fabs(static_cast<double>(y) - exact) / ulp(exact);
}

// Each function: Mica's, how far y is from the exact result at x, the largest such error allowed with and without a
// fused multiply-add, and the hash of the results for the sampled arguments. Where a short series is as good as libm
// it is used instead, because that saves much time over all arguments.
bool series_suffices(double x) { return std::fabs(x) < 0x1p-12; }

struct Exp {
  static constexpr const char* name = "exp";
  static constexpr double bound = 0.9, bound_without_fma = 1.5;
  static constexpr std::uint64_t hash = 0xcb684cd315a6b484;
  template <class P>
  static typename P::Float apply(typename P::Float x) {
    return On<P>::exp(x);
  }
  static double error(double x, float y) {
    return error_in_ulps(series_suffices(x) ? 1 + x * (1 + x / 2 * (1 + x / 3)) : std::exp(x), y, false);
  }
};

struct Log {
  static constexpr const char* name = "log";
  static constexpr double bound = 0.9, bound_without_fma = 1.5;
  static constexpr std::uint64_t hash = 0x7ba9dd6f008aefe1;
  template <class P>
  static typename P::Float apply(typename P::Float x) {
    return On<P>::log(x);
  }
  static double error(double x, float y) { return error_in_ulps(std::log(x), y, false); }
};

struct Tanh {
  static constexpr const char* name = "tanh";
  static constexpr double bound = 0.9, bound_without_fma = 2.0;
  static constexpr std::uint64_t hash = 0x4870d255b88e9f83;
  template <class P>
  static typename P::Float apply(typename P::Float x) {
    return On<P>::tanh(x);
  }
  static double error(double x, float y) {
    return error_in_ulps(series_suffices(x) ? x - x * x * x / 3 : std::tanh(x), y, true);
  }
};

struct Sigmoid {
  static constexpr const char* name = "sigmoid";
  static constexpr double bound = 0.9, bound_without_fma = 2.0;
  static constexpr std::uint64_t hash = 0xad48bf3dfae6b9ac;
  template <class P>
  static typename P::Float apply(typename P::Float x) {
    return On<P>::sigmoid(x);
  }
  static double error(double x, float y) {
    const double exact = series_suffices(x) ? 0.5 + x / 4 - x * x * x / 48 : 1 / (1 + std::exp(-x));
    return error_in_ulps(exact, y, false);
  }
};

struct NormalQuantile {
  static constexpr const char* name = "normal_quantile";
  // In units of 1e-7 of the exact value.
  static constexpr double bound = 3.0, bound_without_fma = 10.0;
  static constexpr std::uint64_t hash = 0xb49bb8edfc5404ef;
  template <class P>
  static typename P::Float apply(typename P::Float x) {
    return On<P>::normal_quantile(x);
  }
  // One Newton step from y towards erf(y / sqrt(2)) = x is the error of y, up to terms of its square.
  static double error(double x, float y) {
    const double a = std::fabs(x), b = std::fabs(static_cast<double>(y));
    if (!(a < 1)) {
      const std::uint32_t expected = a == 1 ? (x > 0 ? 0x7f800000 : 0xff800000) : nan_bits;
      return bits_of(y) == expected ? 0.0 : HUGE_VAL;
    }
    if (std::signbit(y) != std::signbit(x)) return HUGE_VAL;
    if (a < 0x1p-126) return y == 0 ? 0.0 : HUGE_VAL;
    const double half_pi = 1.57079632679489661923;
    if (series_suffices(x)) return 1e7 * std::fabs(b / (std::sqrt(half_pi) * a * (1 + half_pi / 6 * a * a)) - 1);
    const double z = b / std::sqrt(2.0);
    const double residual = a < 0.5 ? std::erf(z) - a : (1 - a) - std::erfc(z);
    const double density = std::exp(-z * z) / std::sqrt(half_pi);
    return 1e7 * std::fabs(residual / (density * b));
  }
};

#define ALL_FUNCTIONS Exp, Log, Tanh, Sigmoid, NormalQuantile

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

}  // namespace

TEST_CASE_TEMPLATE("NaN of every kind gives the one NaN", Function, ALL_FUNCTIONS) {
  for (const std::uint32_t x : {0x7fc00000u, 0xffc00000u, 0x7f800001u, 0xff800001u, 0x7fffffffu, 0xffffffffu}) {
    check_value<Function>(x, nan_bits);
  }
}

TEST_CASE("exp: special values") {
  check_value<Exp>(0x00000000, 0x3f800000);
  check_value<Exp>(0x80000000, 0x3f800000);
  check_value<Exp>(0x00000001, 0x3f800000);
  check_value<Exp>(0x807fffff, 0x3f800000);
  check_value<Exp>(0x3f800000, 0x402df854);  // e
  check_value<Exp>(0x7f800000, 0x7f800000);
  check_value<Exp>(0xff800000, 0x00000000);
  // The last argument before overflow, and the first after it.
  check_value<Exp>(0x42b17217, 0x7f7fff84);
  check_value<Exp>(0x42b17218, 0x7f800000);
  check_value<Exp>(0x7f7fffff, 0x7f800000);
  // The last result of at least 2^-126, and the first below.
  check_value<Exp>(0xc2aeac4f, 0x00800026);
  check_value<Exp>(0xc2aeac50, 0x00000000);
  check_value<Exp>(0xff7fffff, 0x00000000);
}

TEST_CASE("log: special values") {
  check_value<Log>(0x00000000, 0xff800000);
  check_value<Log>(0x80000000, 0xff800000);
  check_value<Log>(0x3f800000, 0x00000000);
  check_value<Log>(0x40000000, 0x3f317218);  // log(2)
  check_value<Log>(0x7f800000, 0x7f800000);
  check_value<Log>(0xff800000, nan_bits);
  check_value<Log>(0x80000001, nan_bits);
  check_value<Log>(0xbf800000, nan_bits);
  check_value<Log>(0xff7fffff, nan_bits);
  check_value<Log>(0x00000001, 0xc2ce8ed0);  // -149 log(2)
  check_value<Log>(0x00400000, 0xc2b00f34);  // -127 log(2)
  check_value<Log>(0x007fffff, 0xc2aeac50);  // -126 log(2)
  check_value<Log>(0x00800000, 0xc2aeac50);
  check_value<Log>(0x7f7fffff, 0x42b17218);  // 128 log(2)
}

TEST_CASE("tanh: special values") {
  // Zeros, subnormal and small arguments are returned.
  for (const std::uint32_t x : {0x00000000u, 0x00000001u, 0x007fffffu, 0x00800000u, 0x10000000u, 0x397fffffu}) {
    check_value<Tanh>(x, x);
    check_value<Tanh>(x | 0x80000000, x | 0x80000000);
  }
  for (const std::uint32_t x : {0x41200000u, 0x42b17218u, 0x7f7fffffu, 0x7f800000u}) {
    check_value<Tanh>(x, 0x3f800000);
    check_value<Tanh>(x | 0x80000000, 0xbf800000);
  }
}

TEST_CASE("sigmoid: special values") {
  for (const std::uint32_t x : {0x00000000u, 0x80000000u, 0x00000001u, 0x807fffffu}) {
    check_value<Sigmoid>(x, 0x3f000000);
  }
  for (const std::uint32_t x : {0x41a00000u, 0x42c80000u, 0x7f7fffffu, 0x7f800000u}) {
    check_value<Sigmoid>(x, 0x3f800000);
  }
  check_value<Sigmoid>(0xc2aeac4f, 0x00800026);
  check_value<Sigmoid>(0xc2aeac50, 0x00000000);
  check_value<Sigmoid>(0xff7fffff, 0x00000000);
  check_value<Sigmoid>(0xff800000, 0x00000000);
}

TEST_CASE("normal_quantile: special values") {
  for (const std::uint32_t sign : {0x00000000u, 0x80000000u}) {
    check_value<NormalQuantile>(sign, sign);
    check_value<NormalQuantile>(sign | 0x00000001, sign);
    check_value<NormalQuantile>(sign | 0x007fffff, sign);
    check_value<NormalQuantile>(sign | 0x3f800000, sign | 0x7f800000);
    check_value<NormalQuantile>(sign | 0x3f800001, nan_bits);
    check_value<NormalQuantile>(sign | 0x7f7fffff, nan_bits);
    check_value<NormalQuantile>(sign | 0x7f800000, nan_bits);
  }
  // The interval that holds 95 % of the distribution.
  const float limit = from_bits(everywhere<NormalQuantile>(0.95f));
  CHECK(static_cast<double>(limit) == doctest::Approx(1.959963985).epsilon(1e-6));
}

// About a million arguments, spread over all patterns; 4099 is odd, so that every lane sees every kind.
TEST_CASE_TEMPLATE("sampled arguments: bounds, and one hash on every machine", Function, ALL_FUNCTIONS) {
  const Sweep result = sweep<Function>(0, 4099, std::uint64_t{1} << 20, true);
  check<Function>(result);
  std::printf("%-16s hash %08x%08x\n", Function::name, static_cast<unsigned>(result.hash >> 32),
              static_cast<unsigned>(result.hash & 0xffffffff));
  if (fused) CHECK(result.hash == Function::hash);
}

TEST_SUITE("full") {
  TEST_CASE_TEMPLATE("all 2^32 arguments: bounds, Scalar and Native alike", Function, ALL_FUNCTIONS) {
    const std::uint64_t half = std::uint64_t{1} << 31;
    Sweep even, odd;
#ifndef DOCTEST_CONFIG_NO_MULTITHREADING
    std::thread other([&] { odd = sweep<Function>(1, 2, half, false); });
    even = sweep<Function>(0, 2, half, false);
    other.join();
#else
    even = sweep<Function>(0, 2, half, false);
    odd = sweep<Function>(1, 2, half, false);
#endif
    check<Function>(even);
    check<Function>(odd);
  }
}
