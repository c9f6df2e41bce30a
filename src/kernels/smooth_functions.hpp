// The smooth activations that bend like a rectifier, and their slopes: GELU, SiLU, Mish, Softplus. Written over a port
// from its elementary functions, for float and double alike.
//
// Far below 0 both are exactly 0, and elsewhere no factor is smaller than 2^-65, so that gradients stay clear of the
// subnormal range. The error bounds are in docs/numerics.md; the tests hold them over all 2^32 arguments.
#pragma once

#include <mica/kernels/smooth_activations.hpp>

#include "error_function.hpp"
#include "updates.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace kernels {

template <class P>
struct SmoothFunctions {
  using Float = typename P::Float;
  using Value = typename P::Value;

  // x Phi(x), where Phi(-a) is the normal tail beyond a.
  static Float gelu(Float x) {
    const HalfErfc<P> tail = ErrorFunction<P>::normal_tail(size_up_to(10, x));
    return product(x, P::mul(tail.exponential, tail.ratio), gelu_range);
  }
  // Phi(x) + x phi(x) with phi(x) = exp(-x^2 / 2) / sqrt(2 pi).
  static Float gelu_slope(Float x) {
    const Float a = size_up_to(10, x);
    const HalfErfc<P> tail = ErrorFunction<P>::normal_tail(a);
    const Float minus_density = P::set(Value(-0.39894228040143268));
    return slope(x, P::mul(tail.exponential, P::fma(a, minus_density, tail.ratio)), gelu_range);
  }

  // x sigmoid(v) with v = 2 sqrt(2 / pi) (x + 0.044715 x^3)
  static Float gelu_tanh(Float x) { return product(x, gate(size_up_to(16, x)), gelu_tanh_range); }
  // sigmoid(v) + x v' sigmoid(v) sigmoid(-v)
  static Float gelu_tanh_slope(Float x) {
    const Float a = size_up_to(16, x), q = gate(a);
    const Float inner = P::fma(P::set(Value(3 * cubic)), P::mul(a, a), P::set(Value(linear)));
    return slope(x, through_sigmoid(P::mul(a, inner), q), gelu_tanh_range);
  }

  // x sigmoid(x)
  static Float silu(Float x) {
    const Float y = P::mul(x, Elementary<P>::sigmoid(x));
    return keep_normal<P>(P::select(P::less(x, P::set(-smooth_range)), P::set(0), y));
  }
  // sigmoid(x) + x sigmoid(x) sigmoid(-x)
  static Float silu_slope(Float x) {
    const Float a = size_up_to(64, x);
    return slope(x, through_sigmoid(a, Elementary<P>::sigmoid(negative(a))), smooth_range);
  }

  // x tanh(log(1 + exp(x))) = x n / d
  static Float mish(Float x) {
    const MishParts parts = mish_parts(x);
    const Float y = P::mul(x, P::div(parts.n, parts.d));
    return keep_normal<P>(P::select(P::less(x, P::set(-smooth_range)), P::set(0), y));
  }
  // (n + x b / d) / d
  static Float mish_slope(Float x) {
    const MishParts parts = mish_parts(x);
    const Float limited = P::max(P::set(-smooth_range), P::min(P::set(smooth_range), x));
    const Float y = P::div(P::fma(limited, P::div(parts.b, parts.d), parts.n), parts.d);
    return P::select(P::less(x, P::set(-smooth_range)), P::set(0), y);
  }

  // log(1 + exp(x)) = max(x, 0) + log(1 + exp(-|x|))
  static Float softplus(Float x) {
    const Float e = Elementary<P>::exp(negative(size(x)));
    // log(1 + e) = log(u) + log(1 + (e - (u - 1)) / u), u the rounded sum; 1 / u is about 2 - u where that counts.
    const Float u = P::add(P::set(1), e);
    const Float lost = P::sub(e, P::sub(u, P::set(1)));
    const Float log_u = P::fma(lost, P::sub(P::set(2), u), Elementary<P>::log(u));
    const Float y = P::add(P::max(P::set(0), x), log_u);
    return P::select(P::less(x, P::set(-smooth_range)), P::set(0), y);
  }
  // sigmoid(x), from x or from y = softplus(x), of which it is 1 - exp(-y).
  static Float softplus_slope(Float x) {
    return P::select(P::less(x, P::set(-smooth_range)), P::set(0), Elementary<P>::sigmoid(x));
  }
  static Float softplus_slope_from_output(Float y) { return negative(Elementary<P>::expm1(negative(y))); }

 private:
  // 2 sqrt(2 / pi), and 0.044715 times that.
  static constexpr double linear = 1.5957691216057308, cubic = linear * 0.044715;

  static Float negative(Float x) { return P::sub(P::set(0), x); }
  static Float size(Float x) { return P::max(x, negative(x)); }
  static Float size_up_to(Value limit, Float x) { return P::min(P::set(limit), size(x)); }

  // x f(x) for an f that goes from 0 to 1 with f(-x) = 1 - f(x); `low` is f(-|x|).
  static Float product(Float x, Float low, float range) {
    const Float y = P::mul(x, P::select(P::less(x, P::set(0)), low, P::sub(P::set(1), low)));
    return keep_normal<P>(P::select(P::less(x, P::set(-range)), P::set(0), y));
  }
  // Likewise for the slope, of which the same is true.
  static Float slope(Float x, Float low, float range) {
    const Float y = P::select(P::less(x, P::set(0)), low, P::sub(P::set(1), low));
    return P::select(P::less(x, P::set(-range)), P::set(0), y);
  }
  // q - c q (1 - q) for q = sigmoid(-v): the slope of x sigmoid(v) at -a, with c = a v'.
  static Float through_sigmoid(Float c, Float q) {
    return P::mul(q, P::fma(negative(c), P::sub(P::set(1), q), P::set(1)));
  }

  // sigmoid(-v) for v = a (linear + cubic a^2). v is computed in two parts, because its rounding is multiplied by its
  // size.
  static Float gate(Float a) {
    const Float linear_high = P::set(high_part(linear)), linear_low = P::set(low_part(linear));
    const Float cubic_high = P::set(high_part(cubic)), cubic_low = P::set(low_part(cubic));
    const Float square = P::mul(a, a), square_low = P::fma(a, a, negative(square));
    const Float term = P::mul(cubic_high, square);
    const Float term_low =
        P::fma(cubic_low, square, P::fma(cubic_high, square_low, P::fma(cubic_high, square, negative(term))));
    // linear + term, and what is lost by rounding, whichever is the larger.
    const Float sum = P::add(linear_high, term);
    const Float of_term = P::sub(sum, linear_high);
    const Float lost = P::add(P::sub(linear_high, P::sub(sum, of_term)), P::sub(term, of_term));
    const Float sum_low = P::add(P::add(lost, linear_low), term_low);
    const Float v = P::mul(a, sum), v_low = P::fma(a, sum_low, P::fma(a, sum, negative(v)));
    // The slope of sigmoid(-v) is -q (1 - q).
    const Float q = Elementary<P>::sigmoid(negative(v));
    return P::fma(P::mul(q, P::sub(P::set(1), q)), negative(v_low), q);
  }
  static constexpr float high_part(double x) { return static_cast<float>(x); }
  static constexpr float low_part(double x) { return static_cast<float>(x - static_cast<double>(high_part(x))); }

  // With e = exp(-|x|), tanh(log(1 + exp(x))) = n / d and its slope b / d^2, for x below and above 0:
  //   n = e (2 + e),   d = n + 2,       b = 4 e (1 + e)
  //   n = 1 + 2 e,     d = n + 2 e^2,   b = 4 e^2 (1 + e)
  struct MishParts {
    Float n, d, b;
  };
  static MishParts mish_parts(Float x) {
    const Float one = P::set(1), two = P::set(2);
    const auto below = P::less(x, P::set(0));
    const Float e = Elementary<P>::exp(negative(size_up_to(smooth_range, x)));
    const Float square = P::mul(e, e);
    const Float n = P::select(below, P::mul(e, P::add(two, e)), P::fma(two, e, one));
    const Float d = P::fma(two, P::select(below, one, square), n);
    const Float b = P::mul(P::mul(P::set(4), P::select(below, e, square)), P::add(one, e));
    return {n, d, b};
  }
};

}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
