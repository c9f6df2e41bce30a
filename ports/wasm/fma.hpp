// A correctly rounded fused multiply-add of four lanes for WebAssembly, whose vectors have none.
#pragma once

#include <wasm_simd128.h>

#include "../select.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace ports {

// Two lanes in double: the product of two floats is exact there.
struct WasmHalf {
  v128_t product, addend, sum;

  WasmHalf(v128_t a, v128_t b, v128_t c)
      : product(wasm_f64x2_mul(wasm_f64x2_promote_low_f32x4(a), wasm_f64x2_promote_low_f32x4(b))),
        addend(wasm_f64x2_promote_low_f32x4(c)),
        sum(wasm_f64x2_add(product, addend)) {}

  // Lanes whose sum lies half-way between two normal floats, as far as 53 bits tell.
  v128_t half_way() const {
    return wasm_i64x2_eq(wasm_v128_and(sum, wasm_i64x2_const_splat(0x1fffffff)), wasm_i64x2_const_splat(0x10000000));
  }
  // The sum rounded to odd: what was lost moves it towards zero or leaves it, and then sets the last bit, so that the
  // rounding to float is the only one that counts.
  v128_t rounded_to_odd() const {
    const v128_t zero = wasm_i64x2_const_splat(0);
    const v128_t added = wasm_f64x2_sub(sum, product);
    const v128_t lost =
        wasm_f64x2_add(wasm_f64x2_sub(product, wasm_f64x2_sub(sum, added)), wasm_f64x2_sub(addend, added));
    const v128_t inexact = wasm_f64x2_gt(wasm_f64x2_abs(lost), zero);
    const v128_t too_large = wasm_v128_and(inexact, wasm_i64x2_lt(wasm_v128_xor(lost, sum), zero));
    return wasm_v128_or(wasm_i64x2_add(sum, too_large), wasm_v128_and(inexact, wasm_i64x2_const_splat(1)));
  }
};

inline v128_t wasm_join(v128_t low, v128_t high) {
  return wasm_i32x4_shuffle(wasm_f32x4_demote_f64x2_zero(low), wasm_f32x4_demote_f64x2_zero(high), 0, 1, 4, 5);
}

// Rounding twice, to double and to float, is wrong only where the double lies half-way between two floats: for normal
// numbers its bits tell, and subnormal results are rare enough to take the long way, too.
inline v128_t wasm_exact_fma(v128_t a, v128_t b, v128_t c) {
  const auto high = [](v128_t v) { return wasm_i32x4_shuffle(v, v, 2, 3, 2, 3); };
  const WasmHalf first(a, b, c), second(high(a), high(b), high(c));
  const v128_t sum = wasm_join(first.sum, second.sum);
  // 1 to 0x00800000: subnormal, or rounded up from there.
  const v128_t magnitude = wasm_v128_and(sum, wasm_i32x4_const_splat(0x7fffffff));
  const v128_t small =
      wasm_u32x4_lt(wasm_i32x4_sub(magnitude, wasm_i32x4_const_splat(1)), wasm_i32x4_const_splat(0x00800000));
  const v128_t doubtful = wasm_v128_or(small, wasm_v128_or(first.half_way(), second.half_way()));
  if (__builtin_expect(wasm_v128_any_true(doubtful), 0)) {
    return wasm_join(first.rounded_to_odd(), second.rounded_to_odd());
  }
  return sum;
}

}  // namespace ports
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
