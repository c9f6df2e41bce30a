// Normalisation of columns, as in BatchNorm and GroupNorm.
#pragma once

#include <mica/namespace.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace kernels {

// x is a matrix [rows][columns]; the columns fall into `groups` groups of neighbours that share their mean and variance.
// A mean is two numbers, pivot + offset: the first is near the values, so that xhat = ((x - pivot) - offset) inverse is
// exact to the rounding of the deviation however large the mean is.

// offset and biased variance of each group around its pivot, written to each of its columns.
template <class T>
void column_moments(int rows, int columns, int groups, const T* x, const T* pivot, T* offset, T* variance);
// y = 1 / sqrt(variance + epsilon). y may be the variance.
template <class T>
void inverse_deviation(int n, const T* variance, T epsilon, T* y);
// y = ((x - pivot) - offset) factor + shift, one pivot, offset, factor and shift for each column. y may be x; with one
// row it may be any of them.
template <class T>
void normalize_columns(int rows, int columns, const T* x, const T* pivot, const T* offset, const T* factor,
                       const T* shift, T* y);
// y = x factor, one factor for each column. y may be x; with one row it may be the factor.
template <class T>
void scale_columns(int rows, int columns, const T* factor, const T* x, T* y);

// For each column: dshift = sum of dy, dscale = sum of dy xhat.
template <class T>
void normalized_sums(int rows, int columns, const T* x, const T* pivot, const T* offset, const T* inverse, const T* dy,
                     T* dshift, T* dscale);
// values[c] = sum over the columns of c's group of scale values.
template <class T>
void sum_groups(int columns, int groups, const T* scale, T* values);
// dx = inverse (scale dy - share sum_dy - xhat share sum_dy_xhat), the sums being those of sum_groups. A share of 0
// stands for a mean and variance that do not depend on x. dx may be dy.
template <class T>
void normalize_columns_backward(int rows, int columns, const T* x, const T* pivot, const T* offset, const T* inverse,
                                const T* scale, T share, const T* sum_dy, const T* sum_dy_xhat, const T* dy, T* dx);

// Running averages: average = (1 - weight) average + weight factor value, and the same for a mean in two parts on
// either side: mean + remainder, pivot + offset. What decays becomes exactly 0.
template <class T>
void update_average(int n, T weight, T factor, const T* value, T* average);
template <class T>
void update_mean(int n, T weight, const T* pivot, const T* offset, T* mean, T* remainder);

}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
