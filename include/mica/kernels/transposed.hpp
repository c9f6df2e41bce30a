// Room for a transposed copy of a matrix, which vector ports multiply by faster.
#pragma once

#include <mica/kernels/matmul.hpp>
#include <mica/namespace.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace kernels {

// Numbers of scratch for the transposed copy of a matrix [rows][columns], its own rows padded to whole vectors; none on
// ports with one lane, which read the matrix as it lies.
constexpr int transposed_size(int rows, int columns) {
  constexpr int most_lanes = 16;
  return panel_size > 0 ? columns * ((rows + most_lanes - 1) / most_lanes * most_lanes) : 0;
}

}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
