// Orthonormal rows and columns.
#pragma once

#include <mica/namespace.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace kernels {

// Makes the columns of a matrix (or its rows, if there are fewer) orthonormal.
template <class T>
void orthonormalize(int rows, int columns, T* x);

}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
