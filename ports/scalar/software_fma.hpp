// A correctly rounded fused multiply-add for processors without one.
#pragma once

#include <cstdint>
#include <cstring>

#include "../select.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace ports {

// The product of two floats is exact in double. The sum is rounded to odd (an inexact sum whose last bit is even moves
// one step towards what was lost), so that the final rounding to float is the only one that counts.
inline float software_fma(float a, float b, float c) {
  const double product = static_cast<double>(a) * static_cast<double>(b);
  const double addend = static_cast<double>(c);
  double sum = product + addend;
  const double added = sum - product;
  const double lost = (product - (sum - added)) + (addend - added);
  std::uint64_t bits;
  std::memcpy(&bits, &sum, sizeof bits);
  const bool finite = ((bits >> 52) & 0x7ff) != 0x7ff;
  if (lost != 0.0 && (bits & 1) == 0 && finite) {
    bits += (lost > 0.0) == (sum > 0.0) ? std::uint64_t{1} : ~std::uint64_t{0};
    std::memcpy(&sum, &bits, sizeof sum);
  }
  return static_cast<float>(sum);
}

}  // namespace ports
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
