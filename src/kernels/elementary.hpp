// Exponential (also less 1), logarithm, hyperbolic tangent, logistic sigmoid and normal quantile, written once over a
// port.
//
// They use only operations that every port computes alike, so the results are the same bits everywhere. Where a unit
// that flushes subnormal numbers could differ, the choice is made on the bits of the argument, as integers. The error
// bounds are in docs/numerics.md; the tests hold them over all 2^32 arguments.
//
// Every function returns the NaN 0x7fc00000 for NaN and outside its domain. Results that would be subnormal are 0, with
// two exceptions: tanh returns arguments below 2^-12 in magnitude as they are, and expm1 those below 2^-25.
#pragma once

#include <cstdint>

#include "../../ports/select.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace kernels {

template <class P>
struct Elementary {
  using Float = typename P::Float;
  using Int = typename P::Int;

  // exp(x) = 2^n (1 + t).
  static Float exp(Float x) {
    const Power power = exponential(x);
    const Float fraction = P::add(P::set(1.0f), power.t);
    Float y = P::as_float(P::add_int(P::as_int(fraction), power.exponent));
    y = P::select(P::less(x, P::set(smallest_exponent)), P::set(0.0f), y);
    y = P::select(P::less(P::set(largest_exponent), x), infinity(), y);
    return nan_for(is_nan(magnitude(x)), y);
  }

  // exp(x) - 1 = 2 (s t + (s - 1/2)) with s = 2^(n - 1), because n may be 128.
  static Float expm1(Float x) {
    const Int size = magnitude(x);
    // From -20 on downwards the result is -1.
    const Power power = exponential(P::max(x, P::set(-20.0f)));
    const Float scale = P::as_float(P::add_int(power.exponent, P::set_int(bits_of_half)));
    // The larger terms, rounded, and what the rounding lost; then the rest of t.
    const Float offset = P::sub(scale, P::set(0.5f));
    const Float sum = P::fma(scale, power.high, offset);
    const Float lost = P::fma(scale, power.high, P::sub(offset, sum));
    const Float half = P::add(sum, P::fma(scale, power.low, lost));
    Float y = P::add(half, half);
    y = P::select(P::less(P::set(largest_exponent), x), infinity(), y);
    y = P::select(P::less_int(size, P::set_int(bits_of_2_to_minus_25)), x, y);
    return nan_for(is_nan(size), y);
  }

  // log(x) = n log(2) + log(1 + f) with 1 + f = x / 2^n in [sqrt(1/2), sqrt(2)).
  static Float log(Float x) {
    const Int bits = P::as_int(x);

    // The bits of a subnormal number, read as an integer, are the number times 2^149.
    const auto subnormal = P::less_int(bits, P::set_int(smallest_normal));
    const Int normal = P::as_int(P::select(subnormal, P::to_float(bits), x));
    const Float offset = P::select(subnormal, P::set(-149.0f), P::set(0.0f));

    const Int exponent = P::template shift_right_signed<23>(P::sub_int(normal, P::set_int(sqrt_half)));
    const Float n = P::add(P::to_float(exponent), offset);
    const Int significand = P::sub_int(normal, P::template shift_left<23>(exponent));
    const Float f = P::sub(P::as_float(significand), P::set(1.0f));

    // log(1 + f) = f + f^2 q(f): minimax, relative error 2^-30.2.
    const Float q = polynomial(f, -0x1p-1f, 0x1.555548p-2f, -0x1.000006p-2f, 0x1.99a478p-3f, -0x1.555c4ep-3f,
                               0x1.233b76p-3f, -0x1.fc26a4p-4f, 0x1.e6c072p-4f, -0x1.de107ep-4f, 0x1.1484f2p-4f);

    // n log(2) + f, rounded, and what the rounding lost; n log_of_2_high is exact.
    const Float whole = P::mul(n, P::set(log_of_2_high));
    const Float sum = P::add(whole, f);
    const Float lost = P::sub(f, P::sub(sum, whole));
    const Float rest = P::fma(n, P::set(log_of_2_low), P::fma(P::mul(f, f), q, lost));
    Float y = P::add(sum, rest);

    y = P::select(P::less_int(P::set_int(infinity_bits - 1), bits), infinity(), y);
    // Flipping the sign bit makes the signed comparison an unsigned one: it finds NaN and every negative number.
    const Int unsigned_bits = P::xor_int(bits, P::set_int(sign_bit));
    y = nan_for(P::less_int(P::set_int(infinity_bits ^ sign_bit), unsigned_bits), y);
    const auto zero = P::less_int(magnitude(x), P::set_int(1));
    return P::select(zero, P::as_float(P::set_int(infinity_bits | sign_bit)), y);
  }

  // tanh(x) = x + x^3 p(x^2) near 0, elsewhere 1 - 2 / (1 + exp(2 x)), with the sign of x.
  static Float tanh(Float x) {
    const Int size = magnitude(x);

    // Minimax on [0, 0.4], relative error 2^-29.
    const Float square = P::mul(x, x);
    const Float p = polynomial(square, -0x1.55553ep-2f, 0x1.1105ecp-3f, -0x1.b6c5dap-5f, 0x1.330e3ap-6f);
    const Float inner = P::fma(P::mul(x, square), p, x);

    // From 10 on the result is 1.
    const Float limited = P::min(P::as_float(size), P::set(10.0f));
    const Sum d = one_plus_exponential(P::add(limited, limited));
    const Float q = P::div(P::set(2.0f), d.high);
    // What is missing from q = 2 / d, and then from 1 - q.
    const Float missing = P::mul(remainder(P::set(2.0f), q, d), P::mul(q, P::set(0.5f)));
    const Float high = P::sub(P::set(1.0f), q);
    const Float low = P::sub(P::sub(P::set(1.0f), high), q);
    const Float outer = P::add(high, P::sub(low, missing));

    Float y = with_sign_of(x, outer);
    y = P::select(P::less_int(size, P::set_int(bits_of_0_4)), inner, y);
    y = P::select(P::less_int(size, P::set_int(bits_of_2_to_minus_12)), x, y);
    return nan_for(is_nan(size), y);
  }

  // sigmoid(x) = 1 / (1 + exp(-x)).
  static Float sigmoid(Float x) {
    const Float negated = P::sub(P::set(0.0f), x);
    const Float limited = P::max(P::min(negated, P::set(88.0f)), P::set(-30.0f));
    const Sum d = one_plus_exponential(limited);
    const Float q = P::div(P::set(1.0f), d.high);
    Float y = P::fma(remainder(P::set(1.0f), q, d), q, q);
    y = P::select(P::less(x, P::set(smallest_exponent)), P::set(0.0f), y);
    return nan_for(is_nan(magnitude(x)), y);
  }

  // normal_quantile(x) = sqrt(2) erfinv(x), the number below which a standard normal variable falls with probability
  // (1 + x) / 2. The form, x times a polynomial in w = -log(1 - x^2) or in sqrt(w), is from Giles, "Approximating the
  // erfinv function", GPU Computing Gems Jade Edition, 2011, doi:10.1016/B978-0-12-385963-1.00010-1.
  static Float normal_quantile(Float x) {
    const Int size = magnitude(x);
    const Float a = P::as_float(size);
    const Float one = P::set(1.0f);
    const Float w = P::sub(P::set(0.0f), log(P::mul(P::sub(one, a), P::add(one, a))));

    // Minimax for w in [0, 5] and for sqrt(w) in [2.21, 4], relative errors 2^-23.1 and 2^-23.7.
    const Float center = P::sub(w, P::set(2.5f));
    const Float tail = P::sub(P::sqrt(w), P::set(3.0f));
    const Float center_ratio =
        polynomial(center, 0x1.0fc8bep+1f, 0x1.652c74p-2f, -0x1.833496p-8f, -0x1.d0b798p-10f, 0x1.44398ep-12f,
                   -0x1.a5ea2ap-18f, -0x1.4fae1cp-18f, 0x1.0806bap-21f, 0x1.61eaap-25f);
    const Float tail_ratio =
        polynomial(tail, 0x1.00696cp+2f, 0x1.6aa514p+0f, 0x1.b571d2p-7f, -0x1.612b3cp-7f, 0x1.099b26p-7f,
                   -0x1.557c2ep-8f, 0x1.fc58aep-10f, 0x1.55dc26p-13f, -0x1.464f94p-12f);
    Float y = P::mul(a, P::select(P::less(w, P::set(5.0f)), center_ratio, tail_ratio));

    y = P::select(P::less_int(size, P::set_int(smallest_normal)), P::set(0.0f), y);
    y = P::select(P::less_int(P::set_int(one_bits - 1), size), infinity(), y);
    y = with_sign_of(x, y);
    return nan_for(P::less_int(P::set_int(one_bits), size), y);
  }

 protected:
  static constexpr std::int32_t sign_bit = INT32_MIN;
  static constexpr std::int32_t magnitude_bits = INT32_MAX;
  static constexpr std::int32_t infinity_bits = 0x7f800000;
  static constexpr std::int32_t nan_bits = 0x7fc00000;
  static constexpr std::int32_t smallest_normal = 0x00800000;
  static constexpr std::int32_t one_bits = 0x3f800000;
  static constexpr std::int32_t sqrt_half = 0x3f3504f3;
  static constexpr std::int32_t bits_of_0_4 = 0x3ecccccd;
  static constexpr std::int32_t bits_of_half = 0x3f000000;
  static constexpr std::int32_t bits_of_2_to_minus_12 = 0x39800000;
  static constexpr std::int32_t bits_of_2_to_minus_25 = 0x33000000;
  // exp is at least 2^-126 from here, and finite up to there.
  static constexpr float smallest_exponent = -0x1.5d589ep+6f;
  static constexpr float largest_exponent = 0x1.62e42ep+6f;
  // log(2) in two parts; the first has 16 bits, so that its product with an exponent is exact.
  static constexpr float log_of_2_high = 0x1.62e4p-1f;
  static constexpr float log_of_2_low = 0x1.7f7d1cp-20f;

  struct Power {
    Float t;
    Float high, low;  // t before it is rounded
    Int exponent;     // n in the place of a float's exponent
  };
  // An unevaluated sum whose first part is the rounded whole.
  struct Sum {
    Float high, low;
  };

  // n and t with exp(x) = 2^n (1 + t), t in about [-0.3, 0.42].
  static Power exponential(Float x) {
    // Adding 1.5 * 2^23 rounds to an integer, which then fills the lowest bits.
    const Float magic = P::set(0x1.8p23f);
    const Float shifted = P::fma(x, P::set(0x1.715476p+0f), magic);
    const Float n = P::sub(shifted, magic);
    // r = x - n log(2) = high + low; the first step is exact.
    const Float high = P::fma(n, P::set(-log_of_2_high), x);
    const Float low = P::mul(n, P::set(-log_of_2_low));
    const Float r = P::add(high, low);
    // exp(r) = 1 + r + r^2 q(r): minimax on [-log(2)/2, log(2)/2], relative error 2^-28.
    const Float q = polynomial(r, 0x1p-1f, 0x1.5554a2p-3f, 0x1.55567ep-5f, 0x1.123064p-7f, 0x1.6b7a76p-10f);
    const Float rest = P::fma(P::mul(r, r), q, low);
    return {P::add(high, rest), high, rest, P::template shift_left<23>(P::as_int(shifted))};
  }

  // 1 + exp(x) in two parts, for x from -87 to 88.
  static Sum one_plus_exponential(Float x) {
    const Power power = exponential(x);
    const Float scale = P::as_float(P::add_int(power.exponent, P::set_int(one_bits)));
    const Float scaled = P::mul(scale, power.t);
    const Float one = P::set(1.0f);
    // 1 + scale, and what is lost by rounding; then the same with scaled added.
    const Float whole = P::add(one, scale);
    const Float lost = P::sub(P::min(one, scale), P::sub(whole, P::max(one, scale)));
    const Float high = P::add(whole, scaled);
    const Float low = P::add(P::sub(scaled, P::sub(high, whole)), lost);
    return {high, low};
  }

  // a - q d.
  static Float remainder(Float a, Float q, Sum d) {
    const Float minus_q = P::sub(P::set(0.0f), q);
    return P::fma(minus_q, d.low, P::fma(minus_q, d.high, a));
  }

  // c0 + c1 x + c2 x^2 + ...
  static Float polynomial(Float, float c0) { return P::set(c0); }
  template <class... Rest>
  static Float polynomial(Float x, float c0, Rest... rest) {
    return P::fma(polynomial(x, rest...), x, P::set(c0));
  }

  static Int magnitude(Float x) { return P::and_int(P::as_int(x), P::set_int(magnitude_bits)); }
  static typename P::Mask is_nan(Int magnitude) { return P::less_int(P::set_int(infinity_bits), magnitude); }
  static Float nan_for(typename P::Mask mask, Float y) { return P::select(mask, P::as_float(P::set_int(nan_bits)), y); }
  // y, which is not negative, with the sign bit of x.
  static Float with_sign_of(Float x, Float y) {
    return P::as_float(P::or_int(P::as_int(y), P::and_int(P::as_int(x), P::set_int(sign_bit))));
  }
  static Float infinity() { return P::as_float(P::set_int(infinity_bits)); }
};

}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
