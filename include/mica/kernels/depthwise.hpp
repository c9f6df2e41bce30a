// Convolutions in which every channel has kernels of its own.
#pragma once

#include <mica/namespace.hpp>
#include <mica/window.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace kernels {

// Depthwise convolutions: x [samples][height][width][channels], y [samples][out height][out width][channels * multiplier],
// weight [kernel height][kernel width][channels * multiplier]; output channel o is made of input channel o / multiplier.
// Weight gradients are added, input gradients overwritten.
template <class T>
void depthwise(const Window& window, int multiplier, int samples, const T* x, const T* weight, const T* bias, T* y);
template <class T>
void depthwise_weight_gradient(const Window& window, int multiplier, int samples, const T* x, const T* dy, T* dw);
template <class T>
void depthwise_input_gradient(const Window& window, int multiplier, int samples, const T* dy, const T* weight, T* dx);

}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
