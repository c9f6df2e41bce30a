// The matrix products behind Dense, and behind everything that can be written as one.
#pragma once

#include <mica/namespace.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace kernels {

// Numbers of scratch that a matrix product may use to bring a panel of its second operand into order.
constexpr int panel_size = MICA_PANEL_FLOATS;

// What each chain of fused multiply-adds starts from.
template <class T>
struct Start {
  const T* values;  // null: zero
  int stride;       // from one row of the result to the next; 0: the same row for all
  static constexpr Start zero() { return {nullptr, 0}; }
  static constexpr Start row(const T* row) { return {row, 0}; }
  static constexpr Start matrix(const T* values, int stride) { return {values, stride}; }
};

// Matrix products, row-major: c[m][n] = start + sum over k of a * b, k increasing, one fused multiply-add per term.
// The panel holds panel_size numbers; it may be null, which is slower for large m and gives the same bits.
//   matmul               a[m][k]  b[k][n]   a layer's output:        y  = x w
//   matmul_transposed_a  a[k][m]  b[k][n]   its weights' gradient:   dw = transposed(x) dy
//   matmul_transposed_b  a[m][k]  b[n][k]   its input's gradient:    dx = dy transposed(w)
template <class T>
void matmul(int m, int n, int k, const T* a, const T* b, Start<T> start, T* c, T* panel);
template <class T>
void matmul_transposed_a(int m, int n, int k, const T* a, const T* b, Start<T> start, T* c, T* panel);
// The same for m columns of an a whose rows lie `stride` apart.
template <class T>
void matmul_transposed_a(int m, int n, int k, const T* a, int stride, const T* b, Start<T> start, T* c, T* panel);
template <class T>
void matmul_transposed_b(int m, int n, int k, const T* a, const T* b, Start<T> start, T* c, T* panel);
// The same for n columns of a c whose rows lie `stride` apart.
template <class T>
void matmul_transposed_b(int m, int n, int k, const T* a, const T* b, Start<T> start, T* c, int stride, T* panel);

}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
