// Arm Helium (MVE with floating point, Cortex-M55): four lanes, eight registers, a predicate for partial vectors.
#pragma once

#include <arm_mve.h>

#include <cstdint>

#include "../select.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace ports {

struct Helium {
  using Value = float;
  using Float = float32x4_t;
  using Int = int32x4_t;
  using Mask = mve_pred16_t;

  static constexpr const char* name = "helium";
  static constexpr int lanes = 4;
  // Six accumulators and two vectors of B; numbers of A need no vector.
  static constexpr int tile_rows = 3;
  static constexpr int tile_vectors = 2;
  static constexpr int row_vectors = 4;

  // Plain accesses of whole vectors and not vld1q and vst1q: GCC 12 takes those for accesses of one number, and moves
  // accesses of the other three across them. The barriers around partial accesses are there for the same reason.
  static Float load(const float* p) { return *reinterpret_cast<const Unaligned*>(p); }
  static Float load_first(const float* p, int n) {
    barrier();
    const Float v = vldrwq_z_f32(p, vctp32q(static_cast<std::uint32_t>(n)));
    barrier();
    return v;
  }
  static void store(float* p, Float v) { *reinterpret_cast<Unaligned*>(p) = v; }
  static void store_first(float* p, Float v, int n) {
    barrier();
    vstrwq_p_f32(p, v, vctp32q(static_cast<std::uint32_t>(n)));
    barrier();
  }
  static Float set(float x) { return vdupq_n_f32(x); }
  [[gnu::always_inline]] static void transpose(Float (&r)[lanes]) {
    const Float a = r[0], b = r[1], c = r[2], d = r[3];
    r[0] = Float{a[0], b[0], c[0], d[0]};
    r[1] = Float{a[1], b[1], c[1], d[1]};
    r[2] = Float{a[2], b[2], c[2], d[2]};
    r[3] = Float{a[3], b[3], c[3], d[3]};
  }

  static Float add(Float a, Float b) { return vaddq_f32(a, b); }
  static Float sub(Float a, Float b) { return vsubq_f32(a, b); }
  static Float mul(Float a, Float b) { return vmulq_f32(a, b); }
  static Float fma(Float a, Float b, Float c) { return vfmaq_f32(c, a, b); }
  // A number that multiplies a vector stays in a register of the processor's own.
  using Factor = float;
  static Float fma(Factor a, Float b, Float c) { return vfmaq_n_f32(c, b, a); }
  // The scalar unit divides and takes roots; vectors cannot.
  static Float div(Float a, Float b) { return Float{a[0] / b[0], a[1] / b[1], a[2] / b[2], a[3] / b[3]}; }
  static Float sqrt(Float a) {
    return Float{__builtin_sqrtf(a[0]), __builtin_sqrtf(a[1]), __builtin_sqrtf(a[2]), __builtin_sqrtf(a[3])};
  }
  static Float min(Float a, Float b) { return select(less(a, b), a, b); }
  static Float max(Float a, Float b) { return select(less(b, a), a, b); }
  // Not vcmpltq: it is the opposite of "greater or equal", and so true for NaN.
  static Mask less(Float a, Float b) { return vcmpgtq_f32(b, a); }
  static Float select(Mask m, Float yes, Float no) { return vpselq_f32(yes, no, m); }
  // A predicate has four bits for each lane.
  static unsigned bits(Mask m) { return (m & 1u) | (m >> 3 & 2u) | (m >> 6 & 4u) | (m >> 9 & 8u); }
  static Mask mask(unsigned bits) {
    return static_cast<Mask>(((bits & 1u) | (bits & 2u) << 3 | (bits & 4u) << 6 | (bits & 8u) << 9) * 15u);
  }

  static Int set_int(std::int32_t x) { return vdupq_n_s32(x); }
  static Int lane_index() { return Int{0, 1, 2, 3}; }
  static Int as_int(Float v) { return vreinterpretq_s32_f32(v); }
  static Float as_float(Int v) { return vreinterpretq_f32_s32(v); }
  static Float to_float(Int v) { return vcvtq_f32_s32(v); }
  static Int add_int(Int a, Int b) { return vaddq_s32(a, b); }
  static Int sub_int(Int a, Int b) { return vsubq_s32(a, b); }
  static Int and_int(Int a, Int b) { return vandq_s32(a, b); }
  static Int or_int(Int a, Int b) { return vorrq_s32(a, b); }
  static Int xor_int(Int a, Int b) { return veorq_s32(a, b); }
  template <int n>
  static Int shift_left(Int a) {
    return vshlq_n_s32(a, n);
  }
  template <int n>
  static Int shift_right(Int a) {
    return vreinterpretq_s32_u32(vshrq_n_u32(vreinterpretq_u32_s32(a), n));
  }
  template <int n>
  static Int shift_right_signed(Int a) {
    return vshrq_n_s32(a, n);
  }
  static Mask less_int(Int a, Int b) { return vcmpgtq_s32(b, a); }

 private:
  using Unaligned [[gnu::aligned(4), gnu::may_alias]] = float32x4_t;
  static void barrier() { asm volatile("" : : : "memory"); }
};

using Native = Helium;

}  // namespace ports
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
