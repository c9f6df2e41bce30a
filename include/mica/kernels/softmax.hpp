// Softmax by rows, alone and with the cross-entropy loss.
#pragma once

#include <cstdint>

#include <mica/namespace.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace kernels {

// Each row on its own. Terms more than softmax_range below the row's largest count as exactly 0.
constexpr float softmax_range = 44.0f;
template <class T>
void softmax(int rows, int columns, const T* x, T* y);
template <class T>
void softmax_backward(int rows, int columns, const T* y, const T* dy, T* dx);
// The logarithm of softmax; `scratch` is for one row. Its way back takes probabilities below exp(-softmax_range) as 0.
template <class T>
void log_softmax(int rows, int columns, const T* x, T* y, T* scratch);
template <class T>
void log_softmax_backward(int rows, int columns, const T* y, const T* dy, T* dx);
// Writes (softmax(x) - one_hot(label)) * scale to dx and each row's -log softmax(x)[label] to losses; returns how many
// rows have their largest entry at the label. dx may be x.
template <class T, class Label>
int softmax_cross_entropy(int rows, int columns, const T* x, const Label* labels, T scale, T* losses, T* dx);

}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
