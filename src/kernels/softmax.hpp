// Softmax by rows, alone and fused with the cross-entropy loss.
#pragma once

#include <mica/kernels/softmax.hpp>

#include "cross_entropy_by_lanes.hpp"
#include "elementary.hpp"
#include "reductions.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace kernels {

// Where the largest entry stands, the first of equals. NaN entries are passed over.
template <class T>
inline int index_of_largest(int n, const T* x) {
  int best = 0;
  T most = x[0];
  for (int i = 1; i < n; ++i) {
    best = x[i] > most ? i : best;
    most = x[i] > most ? x[i] : most;
  }
  return best;
}

// y = exp(x - most), exactly 0 where that is below exp(-softmax_range): no later product can become subnormal.
template <class P>
inline void shifted_exp(int n, typename P::Value most, const typename P::Value* x, typename P::Value* y) {
  const auto top = P::set(most);
  map<P>(
      n, [top](auto v) { return kept_exp<P>(P::sub(v, top)); }, y, x);
}

template <class P>
inline typename P::Value log_of(typename P::Value x) {
  typename P::Value result;
  P::store_first(&result, Elementary<P>::log(P::set(x)), 1);
  return result;
}

namespace on {

template <class P>
void softmax(int rows, int columns, const typename P::Value* x, typename P::Value* y) {
  for (int row = 0; row < rows; ++row, x += columns, y += columns) {
    shifted_exp<P>(columns, x[index_of_largest(columns, x)], x, y);
    const auto total = P::set(on::sum<P>(columns, y));
    map<P>(
        columns, [total](auto v) { return P::div(v, total); }, y, y);
  }
}

// dx = y (dy - sum of dy y)
template <class P>
void softmax_backward(int rows, int columns, const typename P::Value* y, const typename P::Value* dy,
                      typename P::Value* dx) {
  for (int row = 0; row < rows; ++row, y += columns, dy += columns, dx += columns) {
    map<P>(
        columns, [](auto p, auto d) { return P::mul(p, d); }, dx, y, dy);
    const auto total = P::set(on::sum<P>(columns, dx));
    map<P>(
        columns, [total](auto p, auto product) { return P::sub(product, P::mul(p, total)); }, dx, y, dx);
  }
}

// y = (x - most) - log(sum of exp(x - most))
template <class P>
void log_softmax(int rows, int columns, const typename P::Value* x, typename P::Value* y, typename P::Value* scratch) {
  for (int row = 0; row < rows; ++row, x += columns, y += columns) {
    const auto most = x[index_of_largest(columns, x)];
    shifted_exp<P>(columns, most, x, scratch);
    const auto top = P::set(most), log_total = P::set(log_of<P>(on::sum<P>(columns, scratch)));
    map<P>(
        columns, [=](auto v) { return P::sub(P::sub(v, top), log_total); }, y, x);
  }
}

// dx = dy - exp(y) sum of dy
template <class P>
void log_softmax_backward(int rows, int columns, const typename P::Value* y, const typename P::Value* dy,
                          typename P::Value* dx) {
  const auto lowest = P::set(-softmax_range), zero = P::set(0);
  for (int row = 0; row < rows; ++row, y += columns, dy += columns, dx += columns) {
    const auto minus_total = P::set(-on::sum<P>(columns, dy));
    const auto f = [=](auto v, auto d) {
      const auto p = P::select(P::less(v, lowest), zero, Elementary<P>::exp(v));
      return P::fma(p, minus_total, d);
    };
    map<P>(columns, f, dx, y, dy);
  }
}

template <class P, class Label>
int softmax_cross_entropy(int rows, int columns, const typename P::Value* x, const Label* labels,
                          typename P::Value scale, typename P::Value* losses, typename P::Value* dx) {
  using T = typename P::Value;
  int correct = 0, row = 0;
  // Units that flush subnormal numbers would compare other numbers.
  if constexpr (P::lanes > 1 && !MICA_FLUSHES_SUBNORMALS) {
    for (; columns <= reduction_lanes && row + P::lanes <= rows; row += P::lanes) {
      correct += cross_entropy_by_lanes<P>(columns, x, labels + row, scale, losses + row, dx);
      x += P::lanes * columns;
      dx += P::lanes * columns;
    }
  }
  for (; row < rows; ++row, x += columns, dx += columns) {
    const auto label = labels[row];
    const int best = index_of_largest(columns, x);
    const T most = x[best];
    const T at_label = x[label];
    correct += best == static_cast<int>(label) ? 1 : 0;
    shifted_exp<P>(columns, most, x, dx);
    const T total = on::sum<P>(columns, dx);
    losses[row] = log_of<P>(total) + (most - at_label);
    // (p - one_hot) / batch
    const auto factor = P::set(scale / total);
    map<P>(
        columns, [factor](auto e) { return P::mul(e, factor); }, dx, dx);
    dx[label] = dx[label] - scale;
  }
  return correct;
}

}  // namespace on

template <class T>
void softmax(int rows, int columns, const T* x, T* y) {
  on::softmax<PortOf<T>>(rows, columns, x, y);
}
template <class T>
void softmax_backward(int rows, int columns, const T* y, const T* dy, T* dx) {
  on::softmax_backward<PortOf<T>>(rows, columns, y, dy, dx);
}
template <class T>
void log_softmax(int rows, int columns, const T* x, T* y, T* scratch) {
  on::log_softmax<PortOf<T>>(rows, columns, x, y, scratch);
}
template <class T>
void log_softmax_backward(int rows, int columns, const T* y, const T* dy, T* dx) {
  on::log_softmax_backward<PortOf<T>>(rows, columns, y, dy, dx);
}
template <class T, class Label>
int softmax_cross_entropy(int rows, int columns, const T* x, const Label* labels, T scale, T* losses, T* dx) {
  return on::softmax_cross_entropy<PortOf<T>>(rows, columns, x, labels, scale, losses, dx);
}

}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica

// All of them for one number type: float in src/kernels/softmax.cpp, double in src/testing/.
#define MICA_INSTANTIATE_SOFTMAX(T)                                                                        \
  template void softmax<T>(int, int, const T*, T*);                                                        \
  template void softmax_backward<T>(int, int, const T*, const T*, T*);                                     \
  template void log_softmax<T>(int, int, const T*, T*, T*);                                                \
  template void log_softmax_backward<T>(int, int, const T*, const T*, T*);                                 \
  template int softmax_cross_entropy<T, std::uint8_t>(int, int, const T*, const std::uint8_t*, T, T*, T*); \
  template int softmax_cross_entropy<T, std::uint16_t>(int, int, const T*, const std::uint16_t*, T, T*, T*);
