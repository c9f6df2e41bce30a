#include <mica/optimizers/moments.hpp>

#include <mica/square_root.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace {

// base^exponent for a base of 0 to 1. Below 2^-100 it is 0: what it is taken from does not see the difference.
double power(double base, long exponent) {
  double result = 1;
  for (; exponent > 0; exponent /= 2) {
    if (base < 0x1p-100) return 0;
    if (exponent % 2 != 0) result = result * base;
    base = base * base;
  }
  return result;
}

float missing(double part) { return static_cast<float>(1 - part); }

}  // namespace

kernels::MomentStep<float> adam_step(float rate, float beta1, float beta2, float epsilon, long step) {
  kernels::MomentStep<float> result{};
  result.mean_decay = beta1;
  result.square_decay = beta2;
  result.root_scale = 1 / square_root(missing(power(static_cast<double>(beta2), step)));
  result.epsilon = epsilon;
  result.rate = rate / missing(power(static_cast<double>(beta1), step));
  result.keep = 1;
  return result;
}

kernels::MomentStep<float> nadam_step(float rate, float beta1, float beta2, float epsilon, long step) {
  const double slowness = 0.9998367253526753;  // 0.96^0.004
  const double beta = static_cast<double>(beta1);
  // The product of mu_1 to mu_step. Each is about beta / 2 at first, so the product is soon too small to be seen.
  double product = 1, decay = 1;
  for (long t = 1; t <= step && product >= 0x1p-100; ++t) {
    decay = decay * slowness;
    product = product * (beta * (1 - decay / 2));
  }
  const double now = power(slowness, step);
  const double mu = beta * (1 - now / 2), next = beta * (1 - now * slowness / 2);
  kernels::MomentStep<float> result = adam_step(rate, beta1, beta2, epsilon, step);
  result.rate = rate;
  result.mean_weight = static_cast<float>(next / (1 - product * next));
  result.gradient_weight = static_cast<float>((1 - mu) / (1 - product));
  return result;
}

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
