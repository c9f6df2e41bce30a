// The error function and the tails of the normal distribution, written once over a port under the rules of
// elementary.hpp: the same bits everywhere, NaN for NaN, 0 in the place of subnormal results.
#pragma once

#include "elementary.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace kernels {

// Half of erfc(z), for z from 0 to 6.65, as a product: exp(-z^2) ratio. The ratio falls slowly, from 1/2 to 0.04.
template <class P>
struct HalfErfc {
  typename P::Float exponential, ratio;
};

template <class P>
struct ErrorFunction : private Elementary<P> {
  using Float = typename P::Float;

  // erf(x) = x + x p(x^2 - 1/2) near 0, elsewhere 1 - erfc(|x|) with the sign of x.
  static Float erf(Float x) {
    const auto size = Base::magnitude(x);

    // Minimax on [0, 1], relative error 2^-29.1.
    const Float centered = P::fma(x, x, P::set(-0.5f));
    const Float p = Base::polynomial(centered, -0x1.1ae14ep-5f, -0x1.1fd164p-2f, 0x1.454374p-4f, -0x1.2b8d9ep-6f,
                                     0x1.c81760p-9f, -0x1.288f18p-11f, 0x1.50377ap-14f);
    const Float inner = P::fma(x, p, x);

    // From 4 on the result is 1.
    const Float z = P::min(P::as_float(size), P::set(4.0f));
    const Float square = P::mul(z, z);
    const HalfErfc<P> half = half_erfc(z, square, P::fma(z, z, P::sub(P::set(0.0f), square)));
    const Float minus_two = P::mul(P::set(-2.0f), half.exponential);
    const Float outer = P::fma(minus_two, half.ratio, P::set(1.0f));

    Float y = Base::with_sign_of(x, outer);
    y = P::select(P::less_int(size, P::set_int(Base::one_bits)), inner, y);
    y = P::select(P::less_int(size, P::set_int(Base::smallest_normal)), Base::with_sign_of(x, P::set(0.0f)), y);
    return Base::nan_for(Base::is_nan(size), y);
  }

  // The share of a standard normal distribution that lies beyond a, for a from 0 to 9.4: half of erfc(a / sqrt(2)).
  static HalfErfc<P> normal_tail(Float a) {
    const Float half = P::set(0.5f), square = P::mul(a, a);
    const Float lost = P::fma(a, a, P::sub(P::set(0.0f), square));
    return half_erfc(P::mul(a, P::set(0x1.6a09e6p-1f)), P::mul(half, square), P::mul(half, lost));
  }

 private:
  using Base = Elementary<P>;

  // z^2 comes in two parts, because its rounding is multiplied by its size.
  static HalfErfc<P> half_erfc(Float z, Float square, Float square_low) {
    const typename Base::Power power = Base::exponential(P::sub(P::set(0.0f), square));
    // exp(-square_low) is 1 - square_low.
    const Float one = P::set(1.0f);
    const Float t = P::fma(P::sub(P::set(0.0f), square_low), P::add(one, power.t), power.t);
    const Float fraction = P::add(one, t);
    const Float e = P::as_float(P::add_int(P::as_int(fraction), power.exponent));

    // ratio = u q(u - 0.14) with u = 1 / (z + 3): minimax, relative error 2^-29.2.
    const Float three = P::set(3.0f), d = P::add(z, three);
    const Float d_low = P::sub(P::min(z, three), P::sub(d, P::max(z, three)));
    const Float u = P::div(one, d);
    const Float q = Base::polynomial(P::sub(u, P::set(0x1.18p-3f)), 0x1.dd83f4p-2f, 0x1.0c4f06p+1f, 0x1.00021ep+3f,
                                     0x1.931072p+4f, 0x1.ee972cp+5f, 0x1.98cb78p+6f, 0x1.746cfap+5f, -0x1.0d1f04p+8f,
                                     -0x1.bf612ep+9f, 0x1.ab7b9cp+10f);
    // What is missing from u is missing from the ratio 1.4 to 3.4 times: about 1/2 + 17/2 u.
    const Float missing = Base::remainder(one, u, {d, d_low});
    const Float times = P::fma(P::set(8.5f), u, P::set(0.5f));
    const Float ratio = P::mul(u, q);
    return {e, P::fma(ratio, P::mul(times, missing), ratio)};
  }
};

}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
