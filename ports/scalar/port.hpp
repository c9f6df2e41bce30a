// Plain C++: one lane. Defines what every other port must compute, bit for bit.
#pragma once

#include <cstdint>
#include <cstring>

#include "../select.hpp"
#if !MICA_FMA_HARDWARE && defined(MICA_EXACT)
#include "software_fma.hpp"
#endif
#if !MICA_FLOAT_HARDWARE
#include "software_sqrt.hpp"
#endif

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace ports {

struct Scalar {
  using Value = float;
  using Float = float;
  using Int = std::int32_t;
  using Mask = bool;

  static constexpr const char* name = "scalar";
  static constexpr int lanes = 1;
#ifdef MICA_SMALL_CODE
  // Firmware that must be small: fewer tiles, the same bits.
  static constexpr int tile_rows = 2;
  static constexpr int tile_vectors = 2;
  static constexpr int row_vectors = 4;
#else
  static constexpr int tile_rows = 4;
  static constexpr int tile_vectors = 4;
  static constexpr int row_vectors = 16;
#endif

  static Float load(const float* p) { return *p; }
  static Float load_first(const float* p, int n) { return n > 0 ? *p : 0.0f; }
  static void store(float* p, Float v) { *p = v; }
  static void store_first(float* p, Float v, int n) {
    if (n > 0) *p = v;
  }
  static Float set(float x) { return x; }
  // Rows become columns of a block of lanes x lanes.
  static void transpose(Float (&)[lanes]) {}

  static Float add(Float a, Float b) { return a + b; }
  static Float sub(Float a, Float b) { return a - b; }
  static Float mul(Float a, Float b) { return a * b; }
  static Float div(Float a, Float b) { return a / b; }
  static Float sqrt(Float a) {
#if MICA_FLOAT_HARDWARE
    return __builtin_sqrtf(a);
#else
    return software_sqrt(a);
#endif
  }
  static Float fma(Float a, Float b, Float c) {
#if MICA_FMA_HARDWARE
    return __builtin_fmaf(a, b, c);
#elif defined(MICA_EXACT)
    return software_fma(a, b, c);
#else
    return a * b + c;
#endif
  }
  // The second operand wins when the comparison fails: for equal values and for NaN.
  static Float min(Float a, Float b) {
    MICA_HIDE(a);
    return a < b ? a : b;
  }
  static Float max(Float a, Float b) {
    MICA_HIDE(a);
    return a > b ? a : b;
  }
  static Mask less(Float a, Float b) { return a < b; }
  static Float select(Mask m, Float yes, Float no) { return m ? yes : no; }
  // Bit l is set where lane l is true.
  static unsigned bits(Mask m) { return m ? 1 : 0; }
  static Mask mask(unsigned bits) { return (bits & 1) != 0; }

  static Int set_int(std::int32_t x) { return x; }
  // 0, 1, 2, ... one per lane.
  static Int lane_index() { return 0; }
  static Int as_int(Float v) {
    Int bits;
    std::memcpy(&bits, &v, sizeof bits);
    return bits;
  }
  static Float as_float(Int v) {
    Float f;
    std::memcpy(&f, &v, sizeof f);
    return f;
  }
  static Float to_float(Int v) { return static_cast<float>(v); }
  static Int add_int(Int a, Int b) { return wrap(word(a) + word(b)); }
  static Int sub_int(Int a, Int b) { return wrap(word(a) - word(b)); }
  static Int and_int(Int a, Int b) { return a & b; }
  static Int or_int(Int a, Int b) { return a | b; }
  static Int xor_int(Int a, Int b) { return a ^ b; }
  template <int n>
  static Int shift_left(Int a) {
    return wrap(word(a) << n);
  }
  template <int n>
  static Int shift_right(Int a) {
    return wrap(word(a) >> n);
  }
  template <int n>
  static Int shift_right_signed(Int a) {
    return a >> n;
  }
  static Mask less_int(Int a, Int b) { return a < b; }

 private:
  static std::uint32_t word(Int a) { return static_cast<std::uint32_t>(a); }
  static Int wrap(std::uint32_t a) { return static_cast<Int>(a); }
};

}  // namespace ports
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
