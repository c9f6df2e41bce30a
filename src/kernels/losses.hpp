// What losses compute of each output and its target.
#pragma once

#include <mica/kernels/losses.hpp>

#include "softmax.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace kernels {

// Walks outputs, targets, terms and gradients; `f(y, t)` gives a term and its derivative.
template <class P>
struct Term {
  typename P::Float value, slope;
};
template <class P, class Function>
inline void map_terms(int n, typename P::Value scale, const typename P::Value* y, const typename P::Value* t,
                      typename P::Value* terms, typename P::Value* dy, Function f) {
  const auto factor = P::set(scale);
  int i = 0;
  for (; i + P::lanes <= n; i += P::lanes) {
    const Term<P> term = f(P::load(y + i), P::load(t + i));
    P::store(terms + i, term.value);
    P::store(dy + i, P::mul(factor, term.slope));
  }
  if (i < n) {
    const Term<P> term = f(P::load_first(y + i, n - i), P::load_first(t + i, n - i));
    P::store_first(terms + i, term.value, n - i);
    P::store_first(dy + i, P::mul(factor, term.slope), n - i);
  }
}

namespace on {

template <class P>
void huber(int n, typename P::Value delta, typename P::Value scale, const typename P::Value* y,
           const typename P::Value* t, typename P::Value* terms, typename P::Value* dy) {
  const auto high = P::set(delta), low = P::set(-delta), half = P::set(typename P::Value(0.5));
  map_terms<P>(n, scale, y, t, terms, dy, [=](auto v, auto target) {
    // With c = d cut to [-delta, delta] both branches are c (d - c / 2). NaN stays.
    const auto d = P::sub(v, target);
    const auto c = P::max(low, P::min(high, d));
    return Term<P>{P::mul(c, P::sub(d, P::mul(half, c))), c};
  });
}

template <class P>
void absolute_error(int n, typename P::Value scale, const typename P::Value* y, const typename P::Value* t,
                    typename P::Value* terms, typename P::Value* dy) {
  const auto zero = P::set(0), one = P::set(1), minus_one = P::set(-1);
  map_terms<P>(n, scale, y, t, terms, dy, [=](auto v, auto target) {
    const auto d = P::sub(v, target);
    // 0 and NaN are their own sign.
    const auto sign = P::select(P::less(zero, d), one, P::select(P::less(d, zero), minus_one, d));
    return Term<P>{P::max(P::sub(zero, d), d), sign};
  });
}

template <class P>
void binary_cross_entropy(int n, typename P::Value scale, const typename P::Value* y, const typename P::Value* t,
                          typename P::Value* terms, typename P::Value* dy) {
  const auto zero = P::set(0), one = P::set(1), lowest = P::set(-softmax_range);
  map_terms<P>(n, scale, y, t, terms, dy, [=](auto v, auto target) {
    // e = exp(-|v|), 0 where it is too small to matter: no later product can become subnormal.
    const auto minus_size = P::min(v, P::sub(zero, v));
    const auto e = P::select(P::less(minus_size, lowest), zero, Elementary<P>::exp(minus_size));
    // log(1 + e) = log(u) + (e - (u - 1)) / u, with u the rounded sum.
    const auto u = P::add(one, e);
    const auto log_u = P::add(Elementary<P>::log(u), P::div(P::sub(e, P::sub(u, one)), u));
    // max(v, 0) - v t, which is (1 - t) v or -t v.
    const auto negative = P::less(v, zero);
    const auto share = P::sub(P::select(negative, zero, one), target);
    const auto sigmoid = P::div(P::select(negative, e, one), u);
    return Term<P>{P::fma(share, v, log_u), P::sub(sigmoid, target)};
  });
}

template <class P>
void kl_divergence(int n, typename P::Value scale, const typename P::Value* y, const typename P::Value* t,
                   typename P::Value* terms, typename P::Value* dy) {
  const auto zero = P::set(0), smallest = P::set(typename P::Value(0x1p-100));
  map_terms<P>(n, scale, y, t, terms, dy, [=](auto v, auto target) {
    const auto term = P::mul(target, P::sub(Elementary<P>::log(target), v));
    // 0 (log 0 - y) counts as 0; a negative target has no logarithm, and gives NaN.
    const auto nothing = P::less(P::max(P::sub(zero, target), target), smallest);
    return Term<P>{P::select(nothing, zero, term), P::select(nothing, zero, P::sub(zero, target))};
  });
}

template <class P, class Label>
int weighted_cross_entropy(int rows, int columns, const typename P::Value* y, const Label* labels,
                           const typename P::Value* weights, typename P::Value smoothing, typename P::Value scale,
                           typename P::Value* terms, typename P::Value* dy) {
  using T = typename P::Value;
  const T share = smoothing / static_cast<T>(columns);
  const T all_weights = on::sum<P>(columns, weights);
  int correct = 0;
  for (int row = 0; row < rows; ++row, y += columns, dy += columns) {
    const auto label = labels[row];
    const int best = index_of_largest(columns, y);
    const T most = y[best];
    const T below_most = most - y[label];
    correct += best == static_cast<int>(label) ? 1 : 0;
    // sum of w (most - y), no term of which is negative, before dy may overwrite y; in order, so alike on every port.
    T spread = 0;
    for (int i = 0; smoothing > 0 && i < columns; ++i) spread = spread + weights[i] * (most - y[i]);
    const T own = (1 - smoothing) * weights[label];
    shifted_exp<P>(columns, most, y, dy);
    const T total = on::sum<P>(columns, dy);
    const T log_total = log_of<P>(total);
    terms[row] = own * (log_total + below_most) + share * (all_weights * log_total + spread);
    // own (p - one_hot) + share (all_weights p - w)
    const auto of_exp = P::set(scale * (own + share * all_weights) / total), of_weight = P::set(-scale * share);
    map<P>(
        columns, [=](auto e, auto w) { return P::fma(of_weight, w, P::mul(of_exp, e)); }, dy, dy, weights);
    dy[label] = dy[label] - scale * own;
  }
  return correct;
}

template <class P>
int soft_target_cross_entropy(int rows, int columns, const typename P::Value* y, const typename P::Value* t,
                              typename P::Value scale, typename P::Value* terms, typename P::Value* dy) {
  using T = typename P::Value;
  int correct = 0;
  for (int row = 0; row < rows; ++row, y += columns, t += columns, dy += columns) {
    const int best = index_of_largest(columns, y);
    const T most = y[best];
    correct += best == index_of_largest(columns, t) ? 1 : 0;
    // sum of t and of t (most - y), before dy may overwrite y; in order, so alike on every port.
    T mass = 0, spread = 0;
    for (int i = 0; i < columns; ++i) {
      mass = mass + t[i];
      spread = spread + t[i] * (most - y[i]);
    }
    shifted_exp<P>(columns, most, y, dy);
    const T total = on::sum<P>(columns, dy);
    terms[row] = mass * log_of<P>(total) + spread;
    // mass p - t
    const auto of_exp = P::set(scale * mass / total), of_target = P::set(-scale);
    map<P>(
        columns, [=](auto e, auto target) { return P::fma(of_target, target, P::mul(of_exp, e)); }, dy, dy, t);
  }
  return correct;
}

template <class P, class Label>
int negative_log_likelihood(int rows, int columns, const typename P::Value* y, const Label* labels,
                            typename P::Value scale, typename P::Value* terms, typename P::Value* dy) {
  int correct = 0;
  for (int row = 0; row < rows; ++row, y += columns, dy += columns) {
    const auto label = labels[row];
    correct += index_of_largest(columns, y) == static_cast<int>(label) ? 1 : 0;
    terms[row] = -y[label];
    for (int i = 0; i < columns; ++i) dy[i] = 0;
    dy[label] = -scale;
  }
  return correct;
}

}  // namespace on

// y > 0 against t > 1/2.
template <class T>
int rows_on_right_side(int rows, int columns, const T* y, const T* t) {
  int right = 0;
  for (int row = 0; row < rows; ++row, y += columns, t += columns) {
    bool all = true;
    for (int i = 0; i < columns; ++i) all = all && (y[i] > 0) == (t[i] > T(0.5));
    right += all ? 1 : 0;
  }
  return right;
}
template <class T>
int largest_at(int n, const T* x) {
  return index_of_largest(n, x);
}
template <class T>
int rank_of(int n, const T* x, int index) {
  const T at_index = x[index];
  if (!(at_index == at_index)) return n;
  int before = 0;
  for (int i = 0; i < n; ++i) before += x[i] > at_index || (x[i] == at_index && i < index) ? 1 : 0;
  return before;
}

template <class T>
void huber(int n, T delta, T scale, const T* y, const T* t, T* terms, T* dy) {
  on::huber<PortOf<T>>(n, delta, scale, y, t, terms, dy);
}
template <class T>
void absolute_error(int n, T scale, const T* y, const T* t, T* terms, T* dy) {
  on::absolute_error<PortOf<T>>(n, scale, y, t, terms, dy);
}
template <class T>
void binary_cross_entropy(int n, T scale, const T* y, const T* t, T* terms, T* dy) {
  on::binary_cross_entropy<PortOf<T>>(n, scale, y, t, terms, dy);
}
template <class T>
void kl_divergence(int n, T scale, const T* y, const T* t, T* terms, T* dy) {
  on::kl_divergence<PortOf<T>>(n, scale, y, t, terms, dy);
}
template <class T, class Label>
int weighted_cross_entropy(int rows, int columns, const T* y, const Label* labels, const T* weights, T smoothing,
                           T scale, T* terms, T* dy) {
  return on::weighted_cross_entropy<PortOf<T>>(rows, columns, y, labels, weights, smoothing, scale, terms, dy);
}
template <class T>
int soft_target_cross_entropy(int rows, int columns, const T* y, const T* t, T scale, T* terms, T* dy) {
  return on::soft_target_cross_entropy<PortOf<T>>(rows, columns, y, t, scale, terms, dy);
}
template <class T, class Label>
int negative_log_likelihood(int rows, int columns, const T* y, const Label* labels, T scale, T* terms, T* dy) {
  return on::negative_log_likelihood<PortOf<T>>(rows, columns, y, labels, scale, terms, dy);
}

}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica

// All of them for one number type: float in src/kernels/losses.cpp, double in src/testing/.
#define MICA_INSTANTIATE_LOSSES(T)                                                                                  \
  template void huber<T>(int, T, T, const T*, const T*, T*, T*);                                                    \
  template void absolute_error<T>(int, T, const T*, const T*, T*, T*);                                              \
  template void binary_cross_entropy<T>(int, T, const T*, const T*, T*, T*);                                        \
  template void kl_divergence<T>(int, T, const T*, const T*, T*, T*);                                               \
  template int weighted_cross_entropy<T, std::uint8_t>(int, int, const T*, const std::uint8_t*, const T*, T, T, T*, \
                                                       T*);                                                         \
  template int negative_log_likelihood<T, std::uint8_t>(int, int, const T*, const std::uint8_t*, T, T*, T*);        \
  template int soft_target_cross_entropy<T>(int, int, const T*, const T*, T, T*, T*);                               \
  template int rows_on_right_side<T>(int, int, const T*, const T*);                                                 \
  template int largest_at<T>(int, const T*);                                                                        \
  template int rank_of<T>(int, const T*, int);
