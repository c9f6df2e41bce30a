// Tables of rows, and the encoding of positions.
#pragma once

#include <cstdint>

#include <mica/namespace.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace kernels {

// y[i] = table[indices[i]], rows of `columns` numbers. An index is a whole number; one outside the table counts as the
// nearest row, a NaN as row 0.
template <class T>
void look_up(int count, int columns, int rows, const T* indices, const T* table, T* y);
// dtable[indices[i]] += dy[i], i increasing.
template <class T>
void look_up_backward(int count, int columns, int rows, const T* indices, const T* dy, T* dtable);

// y[s][t][j] = x[s][t][j] + sin(2 pi t turns[j] / 2^32), for odd j cos. The phase is exact; the polynomial errs by at
// most 2^-23. x may be y.
template <class T>
void add_positions(int samples, int time, int columns, const std::uint32_t* turns, const T* x, T* y);

}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
