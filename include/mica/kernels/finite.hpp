// Looks for NaN and infinity.
#pragma once

#include <mica/namespace.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace kernels {

// Where the first NaN or infinity stands, or n if there is none: one pass at the speed of memory.
template <class T>
int first_not_finite(int n, const T* x);

}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
