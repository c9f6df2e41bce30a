#include <mica/data/mixup.hpp>

#include "../../ports/scalar/port.hpp"
#include "../kernels/elementary.hpp"
#include "../kernels/sine.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

using ports::Scalar;
using Functions = kernels::Elementary<Scalar>;

float Mixup::share(Random random) const {
  // u is an odd multiple of 2^-24, never 0 or 1.
  const float u = static_cast<float>((random.bits(0) >> 9 << 1) + 1) * 0x1p-24f;
  const float cosine = kernels::sine_of_quarters<Scalar>(kernels::quarter_turns<float>(random.bits(1)));
  // Beyond exp(80) the share is 0 or 1 anyway, and nothing becomes infinite.
  const float exponent = Scalar::min(-Functions::log(u) / alpha_, 80.0f);
  const float q = (Functions::exp(exponent) - 1) * (cosine * cosine);
  const float half = 0.5f * Scalar::sqrt(q / (1 + q));
  return cosine < 0 ? 0.5f - half : 0.5f + half;
}

void mix(int n, float share, const float* b, float* a) {
  const float rest = 1 - share;
  for (int i = 0; i < n; ++i) a[i] = Scalar::fma(share, a[i], rest * b[i]);
}

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
