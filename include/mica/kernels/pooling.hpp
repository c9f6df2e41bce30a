// Pools: one number for every window and channel of an image.
#pragma once

#include <mica/namespace.hpp>
#include <mica/window.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace kernels {

// Pools: x [samples][height][width][channels], y [samples][out height][out width][channels]. What a window holds outside
// the image takes no part; every window must hold some of it. dx is overwritten; where windows overlap, their shares are
// added in the order of the outputs.
//   max_pool       the largest number; NaN if there is one. Its gradient goes to the first number that is not below y.
//   average_pool   the sum in the order of rows and columns, times 1 / count
template <class T>
void max_pool(const Window& window, int samples, const T* x, T* y);
template <class T>
void max_pool_backward(const Window& window, int samples, const T* x, const T* y, const T* dy, T* dx);
template <class T>
void average_pool(const Window& window, int samples, const T* x, T* y);
template <class T>
void average_pool_backward(const Window& window, int samples, const T* dy, T* dx);

// The mean of all pixels, x [samples][pixels][channels], y [samples][channels]; summed like add_rows.
template <class T>
void global_average(int samples, int pixels, int channels, const T* x, T* y);
template <class T>
void global_average_backward(int samples, int pixels, int channels, const T* dy, T* dx);

}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
