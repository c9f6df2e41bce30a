// What losses compute of each output and its target.
#pragma once

#include <cstdint>

#include <mica/namespace.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace kernels {

// Each writes its terms, which the loss adds up, and scale times their derivative to dy, which may be y.
//   huber                difference d = y - t: d^2 / 2 up to |d| = delta, then delta (|d| - delta / 2)
//   absolute_error       |y - t|
//   binary_cross_entropy max(y, 0) - y t + log(1 + exp(-|y|))
//   kl_divergence        t (log t - y), 0 where t is 0
template <class T>
void huber(int n, T delta, T scale, const T* y, const T* t, T* terms, T* dy);
template <class T>
void absolute_error(int n, T scale, const T* y, const T* t, T* terms, T* dy);
template <class T>
void binary_cross_entropy(int n, T scale, const T* y, const T* t, T* terms, T* dy);
template <class T>
void kl_divergence(int n, T scale, const T* y, const T* t, T* terms, T* dy);

// One term and one label for each row; they return how many rows have their largest entry at the label.
//   weighted_cross_entropy   (1 - smoothing) w[label] -log p[label] + smoothing / columns * sum of w[c] -log p[c],
//                            p = softmax(y)
//   negative_log_likelihood  -y[label]
// soft_target_cross_entropy has a row of targets in place of the label, and counts rows whose largest outputs and targets
// stand at one place:
//   sum of t[c] -log p[c], p = softmax(y)
template <class T, class Label>
int weighted_cross_entropy(int rows, int columns, const T* y, const Label* labels, const T* weights, T smoothing,
                           T scale, T* terms, T* dy);
template <class T, class Label>
int negative_log_likelihood(int rows, int columns, const T* y, const Label* labels, T scale, T* terms, T* dy);
template <class T>
int soft_target_cross_entropy(int rows, int columns, const T* y, const T* t, T scale, T* terms, T* dy);

// Of the rows of outputs that are all on the side of 0 on which their targets are of 1/2, how many there are.
template <class T>
int rows_on_right_side(int rows, int columns, const T* y, const T* t);

// Where the largest entry stands, the first of equals, and how many entries stand before `index` in descending order;
// n if that one is NaN.
template <class T>
int largest_at(int n, const T* x);
template <class T>
int rank_of(int n, const T* x, int index);

}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
