// Whole-array operations.
#pragma once

#include <mica/namespace.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace kernels {

// x *= factor.
template <class T>
void scale(int n, T factor, T* x);
// y = factor x + shift.
template <class T>
void affine(int n, T factor, T shift, const T* x, T* y);
// total += x.
template <class T>
void add(int n, const T* x, T* total);
// y = factor (a - b).
template <class T>
void subtract(int n, T factor, const T* a, const T* b, T* y);

}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
