#include <mica/data/standardization.hpp>

#include <cstring>

#include "../../ports/scalar/port.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

void Standardization::apply(int n, const std::uint8_t* pixels, float* x) const {
  // A chunk of pixels is copied before its numbers are written. If the pixels end where x ends, then after i + chunk
  // pixels the numbers reach byte 4 (i + chunk), which is at most 3 n + i + chunk, where the next pixel waits.
  constexpr int chunk = 32;
  std::uint8_t bytes[chunk];
  int i = 0;
  for (; i + chunk <= n; i += chunk) {
    std::memcpy(bytes, pixels + i, chunk);
    for (int j = 0; j < chunk; ++j) x[i + j] = ports::Scalar::fma(static_cast<float>(bytes[j]), factor_, shift_);
  }
  for (; i < n; ++i) x[i] = ports::Scalar::fma(static_cast<float>(pixels[i]), factor_, shift_);
}

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
