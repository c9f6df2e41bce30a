// Normalisation of rows, as in LayerNorm.
#pragma once

#include <mica/namespace.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace kernels {

// Each row on its own: y = scale xhat + shift, xhat = ((x - pivot) - offset) inverse, where the pivot is the row's first
// number and inverse = 1 / sqrt(biased variance + epsilon). Scale and shift have one number for each column. Writes each
// row's offset and inverse as well, unless they are null. y may be x.
template <class T>
void normalize_rows(int rows, int columns, T epsilon, const T* x, const T* scale, const T* shift, T* y, T* offset,
                    T* inverse);
// Adds to dscale and dshift; dx is not wanted if it is null, and may be dy.
template <class T>
void normalize_rows_backward(int rows, int columns, const T* x, const T* offset, const T* inverse, const T* scale,
                             const T* dy, T* dscale, T* dshift, T* dx);

}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
