// Convolutions over images, channels last.
#pragma once

#include <mica/kernels/matmul.hpp>
#include <mica/kernels/part.hpp>
#include <mica/namespace.hpp>
#include <mica/window.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace kernels {

// Convolutions: x [samples][height][width][channels], y [samples][out height][out width][outputs],
// weight [kernel height][kernel width][channels][outputs]. The scratch holds window.scratch() numbers, the panel
// panel_size; weight gradients are added, input gradients overwritten. The input gradient is also the forward pass of a
// transposed convolution, which starts from a bias per channel; a null bias is zero. The gradient of weights is that of
// some rows of the kernel.
template <class T>
void convolve(const Window& window, int outputs, int samples, const T* x, const T* weight, const T* bias, T* y,
              T* scratch);
template <class T>
void convolve_weight_gradient(const Window& window, int outputs, int samples, const T* x, const T* dy, T* dw,
                              T* scratch, Part kernel_rows);
template <class T>
void convolve_input_gradient(const Window& window, int outputs, int samples, const T* dy, const T* weight,
                             const T* bias, T* dx, T* panel);

}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
