// A convolution, its ReLU and its max pool, and their gradients.
#pragma once

#include <mica/kernels/pooled_convolution.hpp>

#include "pooled_forward.hpp"
#include "pooled_input_gradient.hpp"
#include "pooled_weight_gradient.hpp"
#include "port_of.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace kernels {

template <class T>
void convolve_pooled(const PooledWindow& window, int samples, const T* x, const T* weight, const T* bias, T* y,
                     std::uint8_t* passing, T* scratch) {
  on::convolve_pooled<PortOf<T>>(window, samples, x, weight, bias, y, passing, scratch);
}
template <class T>
void pooled_weight_gradient(const PooledWindow& window, int samples, const T* x, const T* dy,
                            const std::uint8_t* passing, T* dw, T* db, T* scratch, Part outputs) {
  on::pooled_weight_gradient<PortOf<T>>(window, samples, x, dy, passing, dw, db, scratch, outputs);
}
template <class T>
void pooled_input_gradient(const PooledWindow& window, int samples, const T* dy, const std::uint8_t* passing,
                           const T* weight, T* dx, T* scratch) {
  on::pooled_input_gradient<PortOf<T>>(window, samples, dy, passing, weight, dx, scratch);
}

}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica

// All of them for one number type: float in src/kernels/pooled_convolution.cpp, double in src/testing/.
#define MICA_INSTANTIATE_POOLED_CONVOLUTION(T)                                                                       \
  template void convolve_pooled<T>(const PooledWindow&, int, const T*, const T*, const T*, T*, std::uint8_t*, T*);   \
  template void pooled_weight_gradient<T>(const PooledWindow&, int, const T*, const T*, const std::uint8_t*, T*, T*, \
                                          T*, Part);                                                                 \
  template void pooled_input_gradient<T>(const PooledWindow&, int, const T*, const std::uint8_t*, const T*, T*, T*);
