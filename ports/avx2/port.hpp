// x86-64 with AVX2 and FMA: eight lanes, sixteen registers.
#pragma once

#include <immintrin.h>

#include <cstdint>

#include "../select.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace ports {

struct Avx2 {
  using Value = float;
  using Float = __m256;
  using Int = __m256i;
  using Mask = __m256;

  static constexpr const char* name = "avx2";
  static constexpr int lanes = 8;
  // Twelve accumulators, two vectors of B and one broadcast of A fill fifteen of the sixteen registers.
  static constexpr int tile_rows = 6;
  static constexpr int tile_vectors = 2;
  static constexpr int row_vectors = 8;

  static Float load(const float* p) { return _mm256_loadu_ps(p); }
  static Float load_first(const float* p, int n) { return _mm256_maskload_ps(p, first(n)); }
  static void store(float* p, Float v) { _mm256_storeu_ps(p, v); }
  // Halves instead of a masked store, which is slow on several processors.
  [[gnu::always_inline]] static void store_first(float* p, Float v, int n) {
    __m128 part = _mm256_castps256_ps128(v);
    if (n & 8) return store(p, v);
    if (n & 4) {
      _mm_storeu_ps(p, part);
      part = _mm256_extractf128_ps(v, 1);
      p += 4;
    }
    if (n & 2) {
      _mm_storel_pi(reinterpret_cast<__m64*>(p), part);
      part = _mm_movehl_ps(part, part);
      p += 2;
    }
    if (n & 1) _mm_store_ss(p, part);
  }
  static Float set(float x) { return _mm256_set1_ps(x); }
  [[gnu::always_inline]] static void transpose(Float (&r)[lanes]) {
    Float pairs[lanes], quads[lanes];
    for (int i = 0; i < lanes; i += 2) {
      pairs[i] = _mm256_unpacklo_ps(r[i], r[i + 1]);
      pairs[i + 1] = _mm256_unpackhi_ps(r[i], r[i + 1]);
    }
    for (int i = 0; i < lanes; i += 4) {
      quads[i] = _mm256_shuffle_ps(pairs[i], pairs[i + 2], 0x44);
      quads[i + 1] = _mm256_shuffle_ps(pairs[i], pairs[i + 2], 0xee);
      quads[i + 2] = _mm256_shuffle_ps(pairs[i + 1], pairs[i + 3], 0x44);
      quads[i + 3] = _mm256_shuffle_ps(pairs[i + 1], pairs[i + 3], 0xee);
    }
    for (int i = 0; i < 4; ++i) {
      r[i] = _mm256_permute2f128_ps(quads[i], quads[i + 4], 0x20);
      r[i + 4] = _mm256_permute2f128_ps(quads[i], quads[i + 4], 0x31);
    }
  }

  // Halves of rows that will stand beside each other are loaded beside each other, so that no shuffle has to cross them.
  [[gnu::always_inline]] static void load_transposed(const float* from, long stride, Float (&r)[lanes]) {
    const auto load_halves = [=](const float* p) {
      return _mm256_insertf128_ps(_mm256_castps128_ps256(_mm_loadu_ps(p)), _mm_loadu_ps(p + 4 * stride), 1);
    };
    for (int half = 0; half < lanes; half += 4) {
      Float rows[4];
      for (int i = 0; i < 4; ++i) rows[i] = load_halves(from + i * stride + half);
      const Float low01 = _mm256_unpacklo_ps(rows[0], rows[1]), high01 = _mm256_unpackhi_ps(rows[0], rows[1]);
      const Float low23 = _mm256_unpacklo_ps(rows[2], rows[3]), high23 = _mm256_unpackhi_ps(rows[2], rows[3]);
      r[half] = _mm256_shuffle_ps(low01, low23, 0x44);
      r[half + 1] = _mm256_shuffle_ps(low01, low23, 0xee);
      r[half + 2] = _mm256_shuffle_ps(high01, high23, 0x44);
      r[half + 3] = _mm256_shuffle_ps(high01, high23, 0xee);
    }
  }

  static Float add(Float a, Float b) { return _mm256_add_ps(a, b); }
  static Float sub(Float a, Float b) { return _mm256_sub_ps(a, b); }
  static Float mul(Float a, Float b) { return _mm256_mul_ps(a, b); }
  static Float div(Float a, Float b) { return _mm256_div_ps(a, b); }
  static Float sqrt(Float a) { return _mm256_sqrt_ps(a); }
  static Float fma(Float a, Float b, Float c) { return _mm256_fmadd_ps(a, b, c); }
  static Float min(Float a, Float b) { return _mm256_min_ps(a, b); }
  static Float max(Float a, Float b) { return _mm256_max_ps(a, b); }
  static Mask less(Float a, Float b) { return _mm256_cmp_ps(a, b, _CMP_LT_OQ); }
  static Float select(Mask m, Float yes, Float no) { return _mm256_blendv_ps(no, yes, m); }
  static unsigned bits(Mask m) { return static_cast<unsigned>(_mm256_movemask_ps(m)); }
  static Mask mask(unsigned bits) {
    const Int bit = _mm256_setr_epi32(1, 2, 4, 8, 16, 32, 64, 128);
    return as_float(_mm256_cmpeq_epi32(and_int(set_int(static_cast<std::int32_t>(bits)), bit), bit));
  }

  static Int set_int(std::int32_t x) { return _mm256_set1_epi32(x); }
  static Int lane_index() { return _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7); }
  static Int as_int(Float v) { return _mm256_castps_si256(v); }
  static Float as_float(Int v) { return _mm256_castsi256_ps(v); }
  static Float to_float(Int v) { return _mm256_cvtepi32_ps(v); }
  static Int add_int(Int a, Int b) { return _mm256_add_epi32(a, b); }
  static Int sub_int(Int a, Int b) { return _mm256_sub_epi32(a, b); }
  static Int and_int(Int a, Int b) { return _mm256_and_si256(a, b); }
  static Int or_int(Int a, Int b) { return _mm256_or_si256(a, b); }
  static Int xor_int(Int a, Int b) { return _mm256_xor_si256(a, b); }
  template <int n>
  static Int shift_left(Int a) {
    return _mm256_slli_epi32(a, n);
  }
  template <int n>
  static Int shift_right(Int a) {
    return _mm256_srli_epi32(a, n);
  }
  template <int n>
  static Int shift_right_signed(Int a) {
    return _mm256_srai_epi32(a, n);
  }
  static Mask less_int(Int a, Int b) { return as_float(_mm256_cmpgt_epi32(b, a)); }

 private:
  // All bits set in the first n lanes.
  static Int first(int n) { return _mm256_cmpgt_epi32(_mm256_set1_epi32(n), lane_index()); }
};

using Native = Avx2;

}  // namespace ports
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
