// WebAssembly with simd128: four lanes and as many registers as the engine's processor has.
#pragma once

#include <wasm_simd128.h>

#include <cstdint>

#include "../select.hpp"
#ifdef MICA_EXACT
#include "fma.hpp"
#endif

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace ports {

struct Wasm {
  using Value = float;
  using Float = __f32x4;
  using Int = __i32x4;
  using Mask = __u32x4;

  static constexpr const char* name = "wasm";
  static constexpr int lanes = 4;
  static constexpr int tile_rows = 2;
  static constexpr int tile_vectors = 4;
  static constexpr int row_vectors = 8;

  static Float load(const float* p) { return Float(wasm_v128_load(p)); }
  static Float load_first(const float* p, int n) {
    if (n >= lanes) return load(p);
    Float v = {};
    if (n > 0) v[0] = p[0];
    if (n > 1) v[1] = p[1];
    if (n > 2) v[2] = p[2];
    return v;
  }
  static void store(float* p, Float v) { wasm_v128_store(p, v); }
  static void store_first(float* p, Float v, int n) {
    if (n >= lanes) return store(p, v);
    if (n > 0) p[0] = v[0];
    if (n > 1) p[1] = v[1];
    if (n > 2) p[2] = v[2];
  }
  static Float set(float x) { return Float(wasm_f32x4_splat(x)); }
  [[gnu::always_inline]] static void transpose(Float (&r)[lanes]) {
    const v128_t a = wasm_i32x4_shuffle(r[0], r[1], 0, 4, 1, 5), b = wasm_i32x4_shuffle(r[2], r[3], 0, 4, 1, 5);
    const v128_t c = wasm_i32x4_shuffle(r[0], r[1], 2, 6, 3, 7), d = wasm_i32x4_shuffle(r[2], r[3], 2, 6, 3, 7);
    r[0] = Float(wasm_i64x2_shuffle(a, b, 0, 2));
    r[1] = Float(wasm_i64x2_shuffle(a, b, 1, 3));
    r[2] = Float(wasm_i64x2_shuffle(c, d, 0, 2));
    r[3] = Float(wasm_i64x2_shuffle(c, d, 1, 3));
  }

  static Float add(Float a, Float b) { return Float(wasm_f32x4_add(a, b)); }
  static Float sub(Float a, Float b) { return Float(wasm_f32x4_sub(a, b)); }
  static Float mul(Float a, Float b) { return Float(wasm_f32x4_mul(a, b)); }
#ifdef MICA_EXACT
  static Float fma(Float a, Float b, Float c) { return Float(wasm_exact_fma(a, b, c)); }
#else
  static Float fma(Float a, Float b, Float c) { return add(mul(a, b), c); }
#endif
  static Float div(Float a, Float b) { return Float(wasm_f32x4_div(a, b)); }
  static Float sqrt(Float a) { return Float(wasm_f32x4_sqrt(a)); }
  // pmin(x, y) is y where y < x, else x.
  static Float min(Float a, Float b) { return Float(wasm_f32x4_pmin(b, a)); }
  static Float max(Float a, Float b) { return Float(wasm_f32x4_pmax(b, a)); }
  static Mask less(Float a, Float b) { return Mask(wasm_f32x4_lt(a, b)); }
  static Float select(Mask m, Float yes, Float no) { return Float(wasm_v128_bitselect(yes, no, m)); }
  static unsigned bits(Mask m) { return static_cast<unsigned>(wasm_i32x4_bitmask(m)); }
  static Mask mask(unsigned bits) {
    const v128_t bit = wasm_i32x4_const(1, 2, 4, 8);
    return Mask(wasm_i32x4_eq(wasm_v128_and(wasm_i32x4_splat(static_cast<std::int32_t>(bits)), bit), bit));
  }

  static Int set_int(std::int32_t x) { return Int(wasm_i32x4_splat(x)); }
  static Int lane_index() { return Int{0, 1, 2, 3}; }
  static Int as_int(Float v) { return Int(v); }
  static Float as_float(Int v) { return Float(v); }
  static Float to_float(Int v) { return Float(wasm_f32x4_convert_i32x4(v)); }
  static Int add_int(Int a, Int b) { return Int(wasm_i32x4_add(a, b)); }
  static Int sub_int(Int a, Int b) { return Int(wasm_i32x4_sub(a, b)); }
  static Int and_int(Int a, Int b) { return Int(wasm_v128_and(a, b)); }
  static Int or_int(Int a, Int b) { return Int(wasm_v128_or(a, b)); }
  static Int xor_int(Int a, Int b) { return Int(wasm_v128_xor(a, b)); }
  template <int n>
  static Int shift_left(Int a) {
    return Int(wasm_i32x4_shl(a, n));
  }
  template <int n>
  static Int shift_right(Int a) {
    return Int(wasm_u32x4_shr(a, n));
  }
  template <int n>
  static Int shift_right_signed(Int a) {
    return Int(wasm_i32x4_shr(a, n));
  }
  static Mask less_int(Int a, Int b) { return Mask(wasm_i32x4_lt(a, b)); }
};

using Native = Wasm;

}  // namespace ports
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
