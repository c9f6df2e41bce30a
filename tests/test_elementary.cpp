// The elementary functions: special values, error bounds against libm in double, the same bits on Scalar and Native.
#include <cmath>
#include <cstdint>
#include <initializer_list>

#include <doctest/doctest.h>

#include "../src/kernels/elementary.hpp"
#include "../src/kernels/error_function.hpp"
#include "sweep.hpp"

using namespace tests;

namespace {

template <class P>
using On = mica::kernels::Elementary<P>;

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

struct Expm1 {
  static constexpr const char* name = "expm1";
  static constexpr double bound = 1.1, bound_without_fma = 1.1;
  static constexpr std::uint64_t hash = 0x90c30ccc9d22fbe1;
  template <class P>
  static typename P::Float apply(typename P::Float x) {
    return On<P>::expm1(x);
  }
  static double error(double x, float y) {
    return error_in_ulps(series_suffices(x) ? x * (1 + x / 2 * (1 + x / 3)) : std::expm1(x), y, true);
  }
};

struct Erf {
  static constexpr const char* name = "erf";
  static constexpr double bound = 0.95, bound_without_fma = 1.5;
  static constexpr std::uint64_t hash = 0x03c487d11152483d;
  template <class P>
  static typename P::Float apply(typename P::Float x) {
    return mica::kernels::ErrorFunction<P>::erf(x);
  }
  static double error(double x, float y) {
    // A subnormal argument gives zero.
    if (std::fabs(x) < 0x1p-126) return y == 0 ? 0.0 : HUGE_VAL;
    const double slope_at_0 = 1.12837916709551257390;
    return error_in_ulps(series_suffices(x) ? slope_at_0 * (x - x * x * x / 3) : std::erf(x), y, false);
  }
};

#define ALL_FUNCTIONS Exp, Expm1, Log, Tanh, Sigmoid, NormalQuantile, Erf

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

TEST_CASE("expm1: special values") {
  for (const std::uint32_t x : {0x00000000u, 0x00000001u, 0x007fffffu, 0x00800000u, 0x10000000u, 0x32ffffffu}) {
    check_value<Expm1>(x, x);
    check_value<Expm1>(x | 0x80000000, x | 0x80000000);
  }
  check_value<Expm1>(0x3f800000, 0x3fdbf0a9);  // e - 1
  check_value<Expm1>(0x42b17217, 0x7f7fff84);
  for (const std::uint32_t x : {0x42b17218u, 0x7f7fffffu, 0x7f800000u}) check_value<Expm1>(x, 0x7f800000);
  for (const std::uint32_t x : {0xc1a00000u, 0xc2aeac50u, 0xff7fffffu, 0xff800000u}) check_value<Expm1>(x, 0xbf800000);
}

TEST_CASE("erf: special values") {
  for (const std::uint32_t sign : {0x00000000u, 0x80000000u}) {
    check_value<Erf>(sign, sign);
    check_value<Erf>(sign | 0x00000001, sign);
    check_value<Erf>(sign | 0x007fffff, sign);
    check_value<Erf>(sign | 0x00800000, sign | 0x00906eba);  // 2 / sqrt(pi) times 2^-126
    check_value<Erf>(sign | 0x3f800000, sign | 0x3f57bb3d);
    for (const std::uint32_t x : {0x40800000u, 0x7f7fffffu, 0x7f800000u}) check_value<Erf>(sign | x, sign | 0x3f800000);
  }
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

TEST_CASE_TEMPLATE("sampled arguments: bounds, and one hash on every machine", Function, ALL_FUNCTIONS) {
  check_sampled<Function>();
}

TEST_SUITE("full") {
  TEST_CASE_TEMPLATE("all 2^32 arguments: bounds, Scalar and Native alike", Function, ALL_FUNCTIONS) {
    check_every<Function>(1);
  }
}
