// The smooth activations and their slopes, argument by argument: error bounds against libm in double, the same bits on
// Scalar and Native, and what becomes of NaN, infinity and the far tails.
#include <cmath>
#include <cstdint>

#include <doctest/doctest.h>

#include "../src/kernels/smooth_functions.hpp"
#include "sweep.hpp"

using namespace tests;

namespace {

template <class P>
using On = mica::kernels::SmoothFunctions<P>;

// NaN in, NaN out; which NaN is the processor's business, so that hashes take the same one for all.
template <class P>
typename P::Float with_one_nan(typename P::Float y) {
  const auto size = P::and_int(P::as_int(y), P::set_int(0x7fffffff));
  const auto one_nan = P::as_float(P::set_int(static_cast<std::int32_t>(nan_bits)));
  return P::select(P::less_int(P::set_int(0x7f800000), size), one_nan, y);
}

// In ulps of `size`, which is |exact| or, where the exact value is a sum that may come out near 0, its larger term.
// Below -range, and where it is smaller than 2^-100, the result is 0.
double error_of(double x, double range, double exact, double size, float y) {
  if (std::isnan(exact)) return bits_of(y) == nan_bits ? 0.0 : HUGE_VAL;
  if (std::isinf(exact)) return static_cast<double>(y) == exact ? 0.0 : HUGE_VAL;
  if (x < -range) return y == 0 ? 0.0 : HUGE_VAL;
  const double smallest = 0x1p-100;
  if (std::fabs(exact) < smallest) {
    if (y == 0) return 0;
    if (std::fabs(static_cast<double>(y)) < smallest) return HUGE_VAL;
  }
  return std::fabs(static_cast<double>(y) - exact) / ulp(size);
}

// Where the curve is its tangent at 0, or has become x, 1 or 0, libm is not asked; that saves most of the time.
bool tiny(double x) { return std::fabs(x) < 0x1p-30; }

#define CURVE(Name, function, largest_error, largest_without_fma, hash_of_sampled) \
  struct Name {                                                                    \
    static constexpr const char* name = #function;                                 \
    static constexpr double bound = largest_error;                                 \
    static constexpr double bound_without_fma = largest_without_fma;               \
    static constexpr std::uint64_t hash = hash_of_sampled;                         \
    template <class P>                                                             \
    static typename P::Float apply(typename P::Float x) {                          \
      return with_one_nan<P>(On<P>::function(x));                                  \
    }                                                                              \
    static double error(double x, float y);                                        \
  };                                                                               \
  double Name::error(double x, float y)

constexpr double sqrt_half = 0.70710678118654752;

double normal_cdf(double x) { return std::erfc(-x * sqrt_half) / 2; }
double logistic(double x) { return 1 / (1 + std::exp(-x)); }

CURVE(Gelu, gelu, 5, 40, 0x6cf66b736b5cc450) {
  const double exact = tiny(x) ? x / 2 : x > 7 ? x : x < -10 ? 0 : x * normal_cdf(x);
  return error_of(x, 9.375, exact, exact, y);
}
CURVE(GeluSlope, gelu_slope, 4, 40, 0x64f140c4b622110f) {
  if (!(std::fabs(x) < 10) && x == x) return error_of(x, 9.375, x > 0, 1, y);
  const double a = tiny(x) ? 0.5 : normal_cdf(x), b = tiny(x) ? 0 : x * std::exp(-x * x / 2) * 0.39894228040143268;
  return error_of(x, 9.375, a + b, std::fmax(std::fabs(a), std::fabs(b)), y);
}

double gelu_gate(double x) { return 2 * 0.79788456080286536 * x * (1 + 0.044715 * x * x); }
CURVE(GeluTanh, gelu_tanh, 2.5, 70, 0x1a33119637f1f1cf) {
  const double exact = tiny(x) ? x / 2 : x > 7 ? x : x < -10 ? 0 : x * logistic(gelu_gate(x));
  return error_of(x, 7.5, exact, exact, y);
}
CURVE(GeluTanhSlope, gelu_tanh_slope, 5, 60, 0x6e9121bf453564ce) {
  if (!(std::fabs(x) < 10) && x == x) return error_of(x, 7.5, x > 0, 1, y);
  const double a = tiny(x) ? 0.5 : logistic(gelu_gate(x));
  const double b = x * a * (1 - a) * 2 * 0.79788456080286536 * (1 + 3 * 0.044715 * x * x);
  const double size = std::fmax(std::fabs(a), std::fabs(b));
  return error_of(x, 7.5, x > 5 ? 1 + (b - logistic(-gelu_gate(x))) : a + b, size, y);
}

CURVE(Silu, silu, 1.8, 3, 0xb81b498693e564e2) {
  const double exact = tiny(x) ? x / 2 : x > 44 ? x : x < -44 ? 0 : x * logistic(x);
  return error_of(x, 43, exact, exact, y);
}
CURVE(SiluSlope, silu_slope, 2.6, 3, 0x3dea55700081729b) {
  if (!(std::fabs(x) < 44) && x == x) return error_of(x, 43, x > 0, 1, y);
  const double a = tiny(x) ? 0.5 : logistic(x), b = x * a * (tiny(x) ? 0.5 : logistic(-x));
  return error_of(x, 43, a + b, std::fmax(std::fabs(a), std::fabs(b)), y);
}

CURVE(Mish, mish, 5, 5, 0x36cc7b6704d266c6) {
  const double exact = tiny(x) ? 0.6 * x : x > 44 ? x : x < -44 ? 0 : x * std::tanh(std::log1p(std::exp(x)));
  return error_of(x, 43, exact, exact, y);
}
CURVE(MishSlope, mish_slope, 6.5, 6.5, 0x4a459c85e86d8dc9) {
  if (!(std::fabs(x) < 44) && x == x) return error_of(x, 43, x > 0, 1, y);
  const double a = tiny(x) ? 0.6 : std::tanh(std::log1p(std::exp(x)));
  const double b = tiny(x) ? 0.32 * x : x * (1 - a) * (1 + a) * logistic(x);
  return error_of(x, 43, a + b, std::fmax(std::fabs(a), std::fabs(b)), y);
}

CURVE(Softplus, softplus, 2.2, 2.2, 0x45eca9b337737f73) {
  const double exact = tiny(x) ? 0.69314718055994531 + x / 2 : x > 44 ? x : x < -44 ? 0 : std::log1p(std::exp(x));
  return error_of(x, 43, exact, exact, y);
}
CURVE(SoftplusSlope, softplus_slope, 0.9, 2, 0x80f273a8fd350a1b) {
  const double exact = tiny(x) ? 0.5 + x / 4 : x > 44 ? 1 : x < -44 ? 0 : logistic(x);
  return error_of(x, 43, exact, exact, y);
}
// For every y that Softplus gives; none is subnormal.
struct SoftplusSlopeFromOutput {
  static constexpr const char* name = "softplus_slope_from_output";
  static constexpr double bound = 0.95, bound_without_fma = 0.95;
  static constexpr std::uint64_t hash = 0x074e1b4592800f16;
  template <class P>
  static typename P::Float apply(typename P::Float y) {
    return with_one_nan<P>(On<P>::softplus_slope_from_output(mica::kernels::keep_normal<P>(y)));
  }
  static double error(double y, float slope) {
    if (std::fabs(y) < 0x1p-100) return slope == 0 ? 0 : HUGE_VAL;
    return y < 0 ? 0 : error_in_ulps(tiny(y) ? y : -std::expm1(-y), slope, false);
  }
};

#define ALL_CURVES                                                                                     \
  Gelu, GeluSlope, GeluTanh, GeluTanhSlope, Silu, SiluSlope, Mish, MishSlope, Softplus, SoftplusSlope, \
      SoftplusSlopeFromOutput

}  // namespace

TEST_CASE_TEMPLATE("sampled arguments: bounds, and one hash on every machine", Function, ALL_CURVES) {
  check_sampled<Function>();
}

TEST_SUITE("full") {
  // All 2^32 with check_every<Function>(1) take two minutes a function.
  TEST_CASE_TEMPLATE("every sixteenth argument: bounds, Scalar and Native alike", Function, ALL_CURVES) {
    check_every<Function>(16);
  }
}
