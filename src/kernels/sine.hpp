// Sine and cosine of an angle that is counted in 2^-32 of a turn: exact at the quarter turns, and there is no range to
// reduce.
#pragma once

#include <cstdint>

#include "../../ports/select.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace kernels {

// The phase in quarters of a turn, folded to [-1, 1]: sin(pi - a) = sin(a).
template <class T>
inline T quarter_turns(std::uint32_t phase) {
  const std::uint32_t quarter = 1u << 30, half = 1u << 31;
  const bool outside = phase + quarter >= half;
  const std::uint32_t folded = outside ? half - phase : phase;
  const T size = static_cast<T>(folded >= half ? 0u - folded : folded) * T(0x1p-30);
  return folded >= half ? -size : size;
}

// sin(pi / 2 v) = v p(v^2): minimax on [-1, 1], relative error 2^-27.
template <class P>
inline typename P::Float sine_of_quarters(typename P::Float v) {
  const auto square = P::mul(v, v);
  auto p = P::set(0x1.3dadc0p-13f);
  p = P::fma(p, square, P::set(-0x1.324ca2p-8f));
  p = P::fma(p, square, P::set(0x1.4668aep-4f));
  p = P::fma(p, square, P::set(-0x1.4abbc2p-1f));
  p = P::fma(p, square, P::set(0x1.921fb6p+0f));
  return P::mul(p, v);
}

}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
