// Arm NEON with fused multiply-add: four lanes; AArch64 has 32 registers, Armv7 has 16.
#pragma once

#include <arm_neon.h>

#include <cstdint>

#include "../select.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace ports {

struct Neon {
  using Value = float;
  using Float = float32x4_t;
  using Int = int32x4_t;
  using Mask = uint32x4_t;

  static constexpr int lanes = 4;
#if MICA_NEON_REGISTERS == 32
  static constexpr const char* name = "neon64";
  // Sixteen accumulators, eight vectors of factors, and what is on its way into the other eight registers.
  static constexpr int tile_rows = 8;
  static constexpr int tile_vectors = 2;
  static constexpr int row_vectors = 16;
#else
  static constexpr const char* name = "neon32";
  static constexpr int tile_rows = 4;
  static constexpr int tile_vectors = 2;
  static constexpr int row_vectors = 8;
#endif

  static Float load(const float* p) { return vld1q_f32(p); }
  static Float load_first(const float* p, int n) {
    if (n >= lanes) return load(p);
    float part[lanes] = {};
    if (n > 0) part[0] = p[0];
    if (n > 1) part[1] = p[1];
    if (n > 2) part[2] = p[2];
    return vld1q_f32(part);
  }
  static void store(float* p, Float v) { vst1q_f32(p, v); }
  static void store_first(float* p, Float v, int n) {
    if (n >= lanes) return store(p, v);
    if (n > 0) p[0] = vgetq_lane_f32(v, 0);
    if (n > 1) p[1] = vgetq_lane_f32(v, 1);
    if (n > 2) p[2] = vgetq_lane_f32(v, 2);
  }
  static Float set(float x) { return vdupq_n_f32(x); }
  [[gnu::always_inline]] static void transpose(Float (&r)[lanes]) {
#if MICA_NEON_REGISTERS == 32
    const float64x2_t a = pairs(vtrn1q_f32(r[0], r[1])), b = pairs(vtrn2q_f32(r[0], r[1]));
    const float64x2_t c = pairs(vtrn1q_f32(r[2], r[3])), d = pairs(vtrn2q_f32(r[2], r[3]));
    r[0] = vreinterpretq_f32_f64(vtrn1q_f64(a, c));
    r[1] = vreinterpretq_f32_f64(vtrn1q_f64(b, d));
    r[2] = vreinterpretq_f32_f64(vtrn2q_f64(a, c));
    r[3] = vreinterpretq_f32_f64(vtrn2q_f64(b, d));
#else
    const float32x4x2_t top = vtrnq_f32(r[0], r[1]), bottom = vtrnq_f32(r[2], r[3]);
    r[0] = vcombine_f32(vget_low_f32(top.val[0]), vget_low_f32(bottom.val[0]));
    r[1] = vcombine_f32(vget_low_f32(top.val[1]), vget_low_f32(bottom.val[1]));
    r[2] = vcombine_f32(vget_high_f32(top.val[0]), vget_high_f32(bottom.val[0]));
    r[3] = vcombine_f32(vget_high_f32(top.val[1]), vget_high_f32(bottom.val[1]));
#endif
  }

  static Float add(Float a, Float b) { return vaddq_f32(a, b); }
  static Float sub(Float a, Float b) { return vsubq_f32(a, b); }
  static Float mul(Float a, Float b) { return vmulq_f32(a, b); }
#if MICA_NEON_REGISTERS == 32
  template <int lane>
  static Float fma_lane(Float a, Float b, Float c) {
    return vfmaq_laneq_f32(c, b, a, lane);
  }
#endif
  static Float fma(Float a, Float b, Float c) { return vfmaq_f32(c, a, b); }
#if MICA_NEON_REGISTERS == 32
  static Float div(Float a, Float b) { return vdivq_f32(a, b); }
  static Float sqrt(Float a) { return vsqrtq_f32(a); }
#else
  // Armv7 vectors only have estimates; the scalar unit divides and takes roots correctly rounded.
  static Float div(Float a, Float b) { return Float{a[0] / b[0], a[1] / b[1], a[2] / b[2], a[3] / b[3]}; }
  static Float sqrt(Float a) {
    return Float{__builtin_sqrtf(a[0]), __builtin_sqrtf(a[1]), __builtin_sqrtf(a[2]), __builtin_sqrtf(a[3])};
  }
#endif
  // Not vminq and vmaxq: those order -0 below +0 and return NaN for either operand.
  static Float min(Float a, Float b) { return vbslq_f32(less(a, b), a, b); }
  static Float max(Float a, Float b) { return vbslq_f32(less(b, a), a, b); }
#if MICA_NEON_REGISTERS == 32 || defined(__clang__)
  static Mask less(Float a, Float b) { return vcltq_f32(a, b); }
#else
  // GCC would compare one lane after the other, because this instruction takes subnormal numbers for 0.
  static Mask less(Float a, Float b) {
    Mask m;
    __asm__("vcgt.f32 %q0, %q1, %q2" : "=w"(m) : "w"(b), "w"(a));
    return m;
  }
#endif
  static Float select(Mask m, Float yes, Float no) { return vbslq_f32(m, yes, no); }
  static unsigned bits(Mask m) {
    const uint32x4_t bit = vandq_u32(m, Mask{1, 2, 4, 8});
    const uint32x2_t pairs = vpadd_u32(vget_low_u32(bit), vget_high_u32(bit));
    return vget_lane_u32(vpadd_u32(pairs, pairs), 0);
  }
  static Mask mask(unsigned bits) { return vtstq_u32(vdupq_n_u32(bits), Mask{1, 2, 4, 8}); }

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
  static Mask less_int(Int a, Int b) { return vcltq_s32(a, b); }

#if MICA_NEON_REGISTERS == 32
 private:
  static float64x2_t pairs(Float v) { return vreinterpretq_f64_f32(v); }
#endif
};

using Native = Neon;

}  // namespace ports
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
