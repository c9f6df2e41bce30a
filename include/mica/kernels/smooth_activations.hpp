// Activations with a bend in the place of a kink, and what they do to a gradient.
#pragma once

#include <mica/namespace.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace kernels {

// x and y may be the same array, and so may dy and dx. Where an activation is not monotonic, the way back needs its
// input x; elsewhere the output y is enough.

// Below minus these the results and their slopes are exactly 0: exp(-smooth_range) squared is still a normal number.
constexpr float smooth_range = 43.0f;  // SiLU, Mish, Softplus
constexpr float gelu_range = 9.375f;
constexpr float gelu_tanh_range = 7.5f;

// y = scale x above 0, amplitude (exp(rate x) - 1) below.
template <class T>
struct ExponentialLinear {
  T scale, amplitude, rate;
};
template <class T>
void exponential_linear(int n, const ExponentialLinear<T>& shape, const T* x, T* y);
template <class T>
void exponential_linear_backward(int n, const ExponentialLinear<T>& shape, const T* y, const T* dy, T* dx);

template <class T>
void gelu(int n, const T* x, T* y);
template <class T>
void gelu_backward(int n, const T* x, const T* dy, T* dx);
template <class T>
void gelu_tanh(int n, const T* x, T* y);
template <class T>
void gelu_tanh_backward(int n, const T* x, const T* dy, T* dx);
template <class T>
void silu(int n, const T* x, T* y);
template <class T>
void silu_backward(int n, const T* x, const T* dy, T* dx);
template <class T>
void mish(int n, const T* x, T* y);
template <class T>
void mish_backward(int n, const T* x, const T* dy, T* dx);

// y = log(1 + exp(beta x)) / beta, and x where beta x > threshold.
template <class T>
void softplus(int n, T beta, T threshold, const T* x, T* y);
// From the output, for a threshold at which the line and the curve are one; or from the input, for any.
template <class T>
void softplus_backward(int n, T beta, const T* y, const T* dy, T* dx);
template <class T>
void softplus_backward_from_input(int n, T beta, T threshold, const T* x, const T* dy, T* dx);

}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
