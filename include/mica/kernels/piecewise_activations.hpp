// Activations made of straight lines and parabolas, and what they do to a gradient.
#pragma once

#include <mica/namespace.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace kernels {

// x and y may be the same array, and so may dy and dx.

// y = min(max(x, low), high); the gradient passes where y is between the two.
template <class T>
void clamp(int n, T low, T high, const T* x, T* y);
template <class T>
void clamp_backward(int n, T low, T high, const T* y, const T* dy, T* dx);

// y = min(max(x + 3, 0), 6) / 6
template <class T>
void hard_sigmoid(int n, const T* x, T* y);
template <class T>
void hard_sigmoid_backward(int n, const T* y, const T* dy, T* dx);

// y = x hard_sigmoid(x); not monotonic, so the way back needs the input.
template <class T>
void hard_swish(int n, const T* x, T* y);
template <class T>
void hard_swish_backward(int n, const T* x, const T* dy, T* dx);

}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
