// Element-wise functions and what they do to a gradient.
#pragma once

#include <mica/namespace.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace kernels {

// Element-wise functions and what they do to a gradient. x and y may be the same array, and so may dy and dx.
template <class T>
void exp(int n, const T* x, T* y);
template <class T>
void log(int n, const T* x, T* y);
template <class T>
void relu(int n, const T* x, T* y);
template <class T>
void relu_backward(int n, const T* y, const T* dy, T* dx);
template <class T>
void leaky_relu(int n, T slope, const T* x, T* y);
template <class T>
void leaky_relu_backward(int n, T slope, const T* y, const T* dy, T* dx);
constexpr float sigmoid_range = 44.0f;  // below minus this a sigmoid is exactly 0
template <class T>
void sigmoid(int n, const T* x, T* y);
template <class T>
void sigmoid_backward(int n, const T* y, const T* dy, T* dx);
template <class T>
void tanh(int n, const T* x, T* y);
template <class T>
void tanh_backward(int n, const T* y, const T* dy, T* dx);

// One slope per channel, the fastest varying extent; the slopes' gradient is accumulated.
template <class T>
void prelu(int rows, int channels, const T* slope, const T* x, T* y);
template <class T>
void prelu_backward(int rows, int channels, const T* slope, const T* x, const T* dy, T* dx, T* dslope);

}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
