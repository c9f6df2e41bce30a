// Scaled dot-product attention: a block of rows of the score matrix at a time, so that the whole of it is never kept.
#pragma once

#include <mica/kernels/attention.hpp>

#include "softmax.hpp"
#include "transposed.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace kernels {

// The queries of each row times 1 / sqrt(head_size).
template <class P>
inline void scale_queries(const Attention& a, typename P::Value* rows) {
  using T = typename P::Value;
  const auto factor = P::div(P::set(1), P::sqrt(P::set(static_cast<T>(a.head_size()))));
  for (int t = 0; t < a.time; ++t, rows += 3 * a.features) {
    map<P>(
        a.features, [factor](auto v) { return P::mul(factor, v); }, rows, rows);
  }
}

// Rows of the score matrix: `count` from row `first` on, each with as many columns as any of them sees.
struct ScoreRows {
  int first, count, columns;
};
inline ScoreRows score_rows(const Attention& a, int first) {
  const int count = a.time - first < attention_block ? a.time - first : attention_block;
  return {first, count, a.causal ? first + count : a.time};
}

// p = softmax(q transposed(k)); what a row must not see is exactly 0. q: this head's queries from row 0 on.
template <class P>
inline void attention_weights(const Attention& a, ScoreRows rows, const typename P::Value* q,
                              Right<typename P::Value> keys, typename P::Value* p) {
  using T = typename P::Value;
  const int stride = 3 * a.features;
  multiply_within<P>(rows.count, rows.columns, {1, 0, a.head_size()},
                     {q + static_cast<long>(rows.first) * stride, stride, 1}, keys, Start<T>::zero(), p, rows.columns);
  if (!a.causal) return on::softmax<P>(rows.count, rows.columns, p, p);
  for (int row = 0; row < rows.count; ++row, p += rows.columns) {
    const int seen = rows.first + row + 1;
    on::softmax<P>(1, seen, p, p);
    for (int j = seen; j < rows.columns; ++j) p[j] = 0;
  }
}

namespace on {

template <class P>
void attend(const Attention& a, typename P::Value* projected, typename P::Value* context, typename P::Value* scratch) {
  using T = typename P::Value;
  const int size = a.head_size(), stride = 3 * a.features;
  T* const p = scratch;
  T* const keys_copy = p + a.block();
  scale_queries<P>(a, projected);
  for (int head = 0; head < a.heads; ++head) {
    const T* const q = projected + head * size;
    const Right<T> keys = by_columns<P>(a.time, size, q + a.features, stride, keys_copy);
    const Right<T> values = by_rows<T>(q + 2 * a.features, stride);
    for (int first = 0; first < a.time; first += attention_block) {
      const ScoreRows rows = score_rows(a, first);
      attention_weights<P>(a, rows, q, keys, p);
      T* const to = context + static_cast<long>(first) * a.features + head * size;
      multiply_within<P>(rows.count, size, {1, 0, rows.columns}, {p, rows.columns, 1}, values, Start<T>::zero(), to,
                         a.features);
    }
  }
}

template <class P>
void attend_backward(const Attention& a, const typename P::Value* projected, const typename P::Value* dcontext,
                     typename P::Value* dprojected, typename P::Value* scratch) {
  using T = typename P::Value;
  const int size = a.head_size(), stride = 3 * a.features;
  T* const p = scratch;
  T* const ds = p + a.block();
  T* const keys_copy = ds + a.block();
  T* const values_copy = keys_copy + transposed_size(a.time, size);
  for (int i = 0; i < a.time * stride; ++i) dprojected[i] = 0;
  for (int head = 0; head < a.heads; ++head) {
    const T* const q = projected + head * size;
    const T *const k = q + a.features, *const v = k + a.features;
    T* const dq = dprojected + head * size;
    T *const dk = dq + a.features, *const dv = dk + a.features;
    const Right<T> keys = by_columns<P>(a.time, size, k, stride, keys_copy);
    const Right<T> values = by_columns<P>(a.time, size, v, stride, values_copy);
    for (int first = 0; first < a.time; first += attention_block) {
      const ScoreRows rows = score_rows(a, first);
      const T* const dcontext_at = dcontext + static_cast<long>(first) * a.features + head * size;
      const long at = static_cast<long>(first) * stride;
      attention_weights<P>(a, rows, q, keys, p);
      // dv += transposed(p) dcontext
      multiply_within<P>(rows.columns, size, {1, 0, rows.count}, {p, 1, rows.columns},
                         by_rows<T>(dcontext_at, a.features), Start<T>::matrix(dv, stride), dv, stride);
      // dp = dcontext transposed(v), ds = p (dp - sum of dp p)
      multiply_within<P>(rows.count, rows.columns, {1, 0, size}, {dcontext_at, a.features, 1}, values, Start<T>::zero(),
                         ds, rows.columns);
      on::softmax_backward<P>(rows.count, rows.columns, p, ds, ds);
      // dq = ds k,   dk += transposed(ds) q
      multiply_within<P>(rows.count, size, {1, 0, rows.columns}, {ds, rows.columns, 1}, by_rows<T>(k, stride),
                         Start<T>::zero(), dq + at, stride);
      multiply_within<P>(rows.columns, size, {1, 0, rows.count}, {ds, 1, rows.columns}, by_rows<T>(q + at, stride),
                         Start<T>::matrix(dk, stride), dk, stride);
    }
  }
  scale_queries<P>(a, dprojected);
}

}  // namespace on

template <class T>
void attend(const Attention& a, T* projected, T* context, T* scratch) {
  on::attend<PortOf<T>>(a, projected, context, scratch);
}
template <class T>
void attend_backward(const Attention& a, const T* projected, const T* dcontext, T* dprojected, T* scratch) {
  on::attend_backward<PortOf<T>>(a, projected, dcontext, dprojected, scratch);
}

}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica

// All of them for one number type: float in src/kernels/attention.cpp, double in src/testing/.
#define MICA_INSTANTIATE_ATTENTION(T)                    \
  template void attend<T>(const Attention&, T*, T*, T*); \
  template void attend_backward<T>(const Attention&, const T*, const T*, T*, T*);
