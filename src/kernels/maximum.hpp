// The maximum of a pool's window.
#pragma once

#include <mica/namespace.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace kernels {

template <class P>
constexpr typename P::Value infinity() {
  return static_cast<typename P::Value>(__builtin_huge_valf());
}

// The larger of two numbers, NaN if one of them is. P::max keeps a NaN only in its second operand.
template <class P>
inline typename P::Float max_or_nan(typename P::Float a, typename P::Float b) {
  const auto below_infinity = P::min(P::set(static_cast<typename P::Value>(0x1.fffffep127f)), a);
  return P::select(P::less(below_infinity, P::set(infinity<P>())), P::max(a, b), a);
}

}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
