// Sums in an order that is the same on every port.
#pragma once

#include <mica/namespace.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace kernels {

// total[j] += sum over rows i of x[i][j], in blocks of 64 rows.
template <class T>
void add_rows(int rows, int columns, const T* x, T* total);

// Sums over all elements: 32 virtual lanes and a fixed tree over blocks of 1024, pairwise over the blocks.
template <class T>
T sum(int n, const T* x);
template <class T>
T sum_of_squares(int n, const T* x);

}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
