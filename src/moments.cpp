#include <mica/optimizers/moments.hpp>

#include <mica/square_root.hpp>

#include "fraction.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace {

Fraction power(Fraction base, long exponent) {
  Fraction result = Fraction::one();
  for (; exponent > 0 && base.units() > 0; exponent /= 2) {
    if (exponent % 2 != 0) result = result * base;
    base = base * base;
  }
  return exponent > 0 ? Fraction::of(0) : result;
}

Fraction missing(Fraction part) { return Fraction::one() - part; }

}  // namespace

kernels::MomentStep<float> adam_step(float rate, float beta1, float beta2, float epsilon, long step) {
  kernels::MomentStep<float> result{};
  result.mean_decay = beta1;
  result.square_decay = beta2;
  result.root_scale = 1 / square_root(missing(power(Fraction::of(beta2), step)).to_float());
  result.epsilon = epsilon;
  result.rate = rate / missing(power(Fraction::of(beta1), step)).to_float();
  result.keep = 1;
  return result;
}

kernels::MomentStep<float> nadam_step(float rate, float beta1, float beta2, float epsilon, long step) {
  constexpr Fraction slowness = Fraction::of_units(0x7ffaa65a5d5f6aae);  // 0.96^0.004
  const Fraction beta = Fraction::of(beta1);
  // The product of mu_1 to mu_step. Each is about beta / 2 at first, so the product is soon too small to be seen.
  Fraction product = Fraction::one(), decay = Fraction::one();
  for (long t = 1; t <= step && product.units() >= 8; ++t) {
    decay = decay * slowness;
    product = product * (beta * missing(decay.half()));
  }
  const Fraction now = power(slowness, step);
  const Fraction mu = beta * missing(now.half()), next = beta * missing((now * slowness).half());
  kernels::MomentStep<float> result = adam_step(rate, beta1, beta2, epsilon, step);
  result.rate = rate;
  result.mean_weight = (next / missing(product * next)).to_float();
  result.gradient_weight = (missing(mu) / missing(product)).to_float();
  return result;
}

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
