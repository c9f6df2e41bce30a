// Normalisation of columns, as in BatchNorm.
#pragma once

#include <mica/namespace.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace kernels {

// Normalisation of columns, as in BatchNorm: xhat = ((x - pivot) - offset) inverse, with one pivot, offset and inverse
// deviation for each column. A null offset is 0.
template <class T>
void column_moments(int rows, int columns, const T* x, const T* pivot, T* offset, T* variance);
template <class T>
void inverse_deviation(int n, const T* variance, T epsilon, T* y);
template <class T>
void normalize_columns(int rows, int columns, const T* x, const T* pivot, const T* offset, const T* inverse,
                       const T* scale, const T* shift, T* y);
template <class T>
void normalized_sums(int rows, int columns, const T* x, const T* pivot, const T* offset, const T* inverse, const T* dy,
                     T* dshift, T* dscale);
template <class T>
void normalize_columns_backward(int rows, int columns, const T* x, const T* pivot, const T* offset, const T* inverse,
                                const T* scale, T share, const T* dshift, const T* dscale, const T* dy, T* dx);
// average = (1 - weight) average + weight factor (a + b); b may be null. What decays becomes exactly 0.
template <class T>
void update_averages(int n, T weight, T factor, const T* a, const T* b, T* average);

}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
