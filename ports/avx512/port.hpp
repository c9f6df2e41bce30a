// x86-64 with AVX-512 (F, DQ and VL): sixteen lanes, thirty-two registers, a mask for every lane.
#pragma once

// GCC 12 warns of the undefined vectors that its own header starts from (GCC bug 105593).
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wuninitialized"
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif
#include <immintrin.h>
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic pop
#endif

#include <cstdint>

#include "../select.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace ports {

struct Avx512 {
  using Value = float;
  using Float = __m512;
  using Int = __m512i;
  using Mask = __mmask16;

  static constexpr const char* name = "avx512";
  static constexpr int lanes = 16;
  // Twenty-four accumulators, four vectors of B and one broadcast of A fill twenty-nine of the thirty-two registers.
  static constexpr int tile_rows = 6;
  static constexpr int tile_vectors = 4;
  static constexpr int row_vectors = 8;

  static Float load(const float* p) { return _mm512_loadu_ps(p); }
  // Lanes whose mask bit is 0 touch no memory, so a partial access may end at the last byte of a page.
  static Float load_first(const float* p, int n) { return _mm512_maskz_loadu_ps(first(n), p); }
  static void store(float* p, Float v) { _mm512_storeu_ps(p, v); }
  static void store_first(float* p, Float v, int n) { _mm512_mask_storeu_ps(p, first(n), v); }
  static Float set(float x) { return _mm512_set1_ps(x); }
  [[gnu::always_inline]] static void transpose(Float (&r)[lanes]) {
    Float pairs[lanes], quads[lanes];
    for (int i = 0; i < lanes; i += 2) {
      pairs[i] = _mm512_unpacklo_ps(r[i], r[i + 1]);
      pairs[i + 1] = _mm512_unpackhi_ps(r[i], r[i + 1]);
    }
    for (int i = 0; i < lanes; i += 4) {
      quads[i] = _mm512_shuffle_ps(pairs[i], pairs[i + 2], 0x44);
      quads[i + 1] = _mm512_shuffle_ps(pairs[i], pairs[i + 2], 0xee);
      quads[i + 2] = _mm512_shuffle_ps(pairs[i + 1], pairs[i + 3], 0x44);
      quads[i + 3] = _mm512_shuffle_ps(pairs[i + 1], pairs[i + 3], 0xee);
    }
    // Now quarter q of quads[4 b + i] is column 4 q + i of rows 4 b ... 4 b + 3: the quarters change places.
    for (int i = 0; i < 4; ++i) {
      const Float top_even = _mm512_shuffle_f32x4(quads[i], quads[i + 4], 0x88);
      const Float top_odd = _mm512_shuffle_f32x4(quads[i], quads[i + 4], 0xdd);
      const Float bottom_even = _mm512_shuffle_f32x4(quads[i + 8], quads[i + 12], 0x88);
      const Float bottom_odd = _mm512_shuffle_f32x4(quads[i + 8], quads[i + 12], 0xdd);
      r[i] = _mm512_shuffle_f32x4(top_even, bottom_even, 0x88);
      r[i + 4] = _mm512_shuffle_f32x4(top_odd, bottom_odd, 0x88);
      r[i + 8] = _mm512_shuffle_f32x4(top_even, bottom_even, 0xdd);
      r[i + 12] = _mm512_shuffle_f32x4(top_odd, bottom_odd, 0xdd);
    }
  }

  static Float add(Float a, Float b) { return _mm512_add_ps(a, b); }
  static Float sub(Float a, Float b) { return _mm512_sub_ps(a, b); }
  static Float mul(Float a, Float b) { return _mm512_mul_ps(a, b); }
  static Float div(Float a, Float b) { return _mm512_div_ps(a, b); }
  static Float sqrt(Float a) { return _mm512_sqrt_ps(a); }
  static Float fma(Float a, Float b, Float c) { return _mm512_fmadd_ps(a, b, c); }
  static Float min(Float a, Float b) { return _mm512_min_ps(a, b); }
  static Float max(Float a, Float b) { return _mm512_max_ps(a, b); }
  static Mask less(Float a, Float b) { return _mm512_cmp_ps_mask(a, b, _CMP_LT_OQ); }
  static Float select(Mask m, Float yes, Float no) { return _mm512_mask_blend_ps(m, no, yes); }
  static unsigned bits(Mask m) { return m; }
  static Mask mask(unsigned bits) { return static_cast<Mask>(bits); }

  static Int set_int(std::int32_t x) { return _mm512_set1_epi32(x); }
  static Int lane_index() { return _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15); }
  static Int as_int(Float v) { return _mm512_castps_si512(v); }
  static Float as_float(Int v) { return _mm512_castsi512_ps(v); }
  static Float to_float(Int v) { return _mm512_cvtepi32_ps(v); }
  static Int add_int(Int a, Int b) { return _mm512_add_epi32(a, b); }
  static Int sub_int(Int a, Int b) { return _mm512_sub_epi32(a, b); }
  static Int and_int(Int a, Int b) { return _mm512_and_si512(a, b); }
  static Int or_int(Int a, Int b) { return _mm512_or_si512(a, b); }
  static Int xor_int(Int a, Int b) { return _mm512_xor_si512(a, b); }
  template <int n>
  static Int shift_left(Int a) {
    return _mm512_slli_epi32(a, n);
  }
  template <int n>
  static Int shift_right(Int a) {
    return _mm512_srli_epi32(a, n);
  }
  template <int n>
  static Int shift_right_signed(Int a) {
    return _mm512_srai_epi32(a, n);
  }
  static Mask less_int(Int a, Int b) { return _mm512_cmplt_epi32_mask(a, b); }

  // The lower eight lanes.
  struct Half {
    using Float = __m256;
    static constexpr int lanes = 8;
    static Float load(const float* p) { return _mm256_loadu_ps(p); }
    static void store(float* p, Float v) { _mm256_storeu_ps(p, v); }
    static Float set(float x) { return _mm256_set1_ps(x); }
    static Float of(__m512 v) { return _mm512_castps512_ps256(v); }
    static Float fma(Float a, Float b, Float c) { return _mm256_fmadd_ps(a, b, c); }
  };

 private:
  // A bit for each of the first n lanes.
  static Mask first(int n) { return static_cast<Mask>((1u << n) - 1); }
};

using Native = Avx512;

}  // namespace ports
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
