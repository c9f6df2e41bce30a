// The port behind check_layer: plain C++ in double, one lane, and libm for the elementary functions. Exact enough that
// numerical gradients can judge a layer; it says nothing about bits.
#pragma once

#include <cmath>
#include <cstdint>
#include <limits>

#include "../kernels/elementary.hpp"
#include "../kernels/error_function.hpp"
#include "../kernels/port_of.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace ports {

// Integers stay 32 bits wide, as the random numbers are. There is no as_int or as_float: what looks at the bits of a
// number belongs into Elementary.
struct Reference {
  using Value = double;
  using Float = double;
  using Int = std::int32_t;
  using Mask = bool;

  static constexpr const char* name = "reference";
  static constexpr int lanes = 1;
  static constexpr int tile_rows = 2;
  static constexpr int tile_vectors = 2;
  static constexpr int row_vectors = 2;

  static Float load(const double* p) { return *p; }
  static Float load_first(const double* p, int n) { return n > 0 ? *p : 0.0; }
  static void store(double* p, Float v) { *p = v; }
  static void store_first(double* p, Float v, int n) {
    if (n > 0) *p = v;
  }
  static Float set(double x) { return x; }
  static void transpose(Float (&)[lanes]) {}

  static Float add(Float a, Float b) { return a + b; }
  static Float sub(Float a, Float b) { return a - b; }
  static Float mul(Float a, Float b) { return a * b; }
  static Float div(Float a, Float b) { return a / b; }
  static Float sqrt(Float a) { return std::sqrt(a); }
  static Float fma(Float a, Float b, Float c) { return std::fma(a, b, c); }
  // The second operand wins when the comparison fails, as on every port.
  static Float min(Float a, Float b) { return a < b ? a : b; }
  static Float max(Float a, Float b) { return a > b ? a : b; }
  static Mask less(Float a, Float b) { return a < b; }
  static Float select(Mask m, Float yes, Float no) { return m ? yes : no; }
  static unsigned bits(Mask m) { return m ? 1 : 0; }
  static Mask mask(unsigned bits) { return (bits & 1) != 0; }

  static Int set_int(std::int32_t x) { return x; }
  static Int lane_index() { return 0; }
  static Float to_float(Int v) { return static_cast<double>(v); }
  static Int add_int(Int a, Int b) { return Scalar::add_int(a, b); }
  static Int sub_int(Int a, Int b) { return Scalar::sub_int(a, b); }
  static Int and_int(Int a, Int b) { return a & b; }
  static Int or_int(Int a, Int b) { return a | b; }
  static Int xor_int(Int a, Int b) { return a ^ b; }
  template <int n>
  static Int shift_left(Int a) {
    return Scalar::shift_left<n>(a);
  }
  template <int n>
  static Int shift_right(Int a) {
    return Scalar::shift_right<n>(a);
  }
  template <int n>
  static Int shift_right_signed(Int a) {
    return Scalar::shift_right_signed<n>(a);
  }
  static Mask less_int(Int a, Int b) { return a < b; }
};

}  // namespace ports

namespace kernels {

template <>
struct PortOfType<double> {
  using Type = ports::Reference;
};

template <>
struct Elementary<ports::Reference> {
  static double exp(double x) { return std::exp(x); }
  static double expm1(double x) { return std::expm1(x); }
  static double log(double x) { return std::log(x); }
  static double tanh(double x) { return std::tanh(x); }
  static double sigmoid(double x) { return 1 / (1 + std::exp(-x)); }

  // The y with erf(y / sqrt(2)) = x. Newton's method on log(erfc(y / sqrt(2))) = log(1 - |x|): that function is
  // concave, so every step but the first comes from the right and none overshoots.
  static double normal_quantile(double x) {
    const double size = std::fabs(x);
    if (!(size <= 1)) return std::numeric_limits<double>::quiet_NaN();
    if (size == 1) return std::copysign(std::numeric_limits<double>::infinity(), x);
    const double density_at_0 = 0.79788456080286536;  // sqrt(2 / pi)
    const double sqrt_half = 0.70710678118654752;
    double y = 0;
    for (int step = 0; step < 60; ++step) {
      const double tail = std::erfc(y * sqrt_half);
      const double slope = -density_at_0 * std::exp(-y * y / 2) / tail;
      const double change = (std::log(tail) - std::log1p(-size)) / slope;
      y -= change;
      if (std::fabs(change) <= 1e-15 * (1 + y)) break;
    }
    return std::copysign(y, x);
  }
};

template <>
struct ErrorFunction<ports::Reference> {
  static double erf(double x) { return std::erf(x); }
  static HalfErfc<ports::Reference> normal_tail(double a) {
    const double exponential = std::exp(-a * a / 2);
    return {exponential, std::erfc(a * 0.70710678118654752) / 2 / exponential};
  }
};

}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
