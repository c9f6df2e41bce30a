// Softmax with cross-entropy where rows are short: each lane takes a row, so that no vector stays half empty and no row
// waits for its own maximum and sum.
#pragma once

#include <mica/kernels/softmax.hpp>

#include "elementary.hpp"
#include "reductions.hpp"
#include "unroll.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace kernels {

// exp(shifted), exactly 0 where that is below exp(-softmax_range): no later product can become subnormal.
template <class P>
inline typename P::Float kept_exp(typename P::Float shifted) {
  const auto too_small = P::less(shifted, P::set(-softmax_range));
  return P::select(too_small, P::set(0), Elementary<P>::exp(shifted));
}

// Calls body(first column, columns, block) for blocks of `lanes` columns of a matrix with `lanes` rows.
template <class P, class Body>
inline void for_turned_blocks(int columns, Body body) {
  for (int j = 0; j < columns; j += P::lanes) body(j, columns - j < P::lanes ? columns - j : P::lanes);
}

// `lanes` rows of at most reduction_lanes columns. Every row gets the bits that it has alone.
template <class P, class Label>
int cross_entropy_by_lanes(int columns, const typename P::Value* x, const Label* labels, typename P::Value scale,
                           typename P::Value* losses, typename P::Value* dx) {
  using T = typename P::Value;
  using Float = typename P::Float;
  constexpr int lanes = P::lanes;
  // value[c] has column c of all rows.
  Float value[reduction_lanes], block[lanes];
  value[0] = P::set(0);
  for_turned_blocks<P>(columns, [&](int j, int here) {
    for (int l = 0; l < lanes; ++l) block[l] = P::load_first(x + l * columns + j, here);
    P::transpose(block);
    for (int l = 0; l < here; ++l) value[j + l] = block[l];
  });
  // The first of equals; NaN is passed over.
  Float most = value[0], best = P::set(0);
  for (int c = 1; c < columns; ++c) {
    best = P::select(P::less(most, value[c]), P::set(static_cast<T>(c)), best);
    most = P::max(value[c], most);
  }
  T largest[lanes], at[lanes], below_most[lanes];
  P::store(largest, most);
  P::store(at, best);
  int correct = 0;
  for (int row = 0; row < lanes; ++row) {
    below_most[row] = largest[row] - x[row * columns + labels[row]];
    correct += static_cast<int>(at[row]) == static_cast<int>(labels[row]) ? 1 : 0;
  }
  // The sum in its order: term l and term l + 16, l and l + 8, and so on. No term is negative, so that a missing one may
  // as well be left out.
  Float sum[reduction_lanes];
  for (int c = 0; c < columns; ++c) sum[c] = value[c] = kept_exp<P>(P::sub(value[c], most));
  for (int half = reduction_lanes / 2, left = columns; half > 0; half /= 2) {
    for (int c = 0; c + half < left; ++c) sum[c] = P::add(sum[c], sum[c + half]);
    left = left < half ? left : half;
  }
  P::store(losses, P::add(Elementary<P>::log(sum[0]), P::load(below_most)));
  // (p - one_hot) / batch
  const Float factor = P::div(P::set(scale), sum[0]);
  for_turned_blocks<P>(columns, [&](int j, int here) {
    for (int l = 0; l < lanes; ++l) block[l] = l < here ? P::mul(value[j + l], factor) : factor;
    P::transpose(block);
    for (int l = 0; l < lanes; ++l) P::store_first(dx + l * columns + j, block[l], here);
  });
  for (int row = 0; row < lanes; ++row) dx[row * columns + labels[row]] -= scale;
  return correct;
}

}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
