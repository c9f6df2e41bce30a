#pragma once

#include <cstdint>
#include <type_traits>

#include <mica/batch_view.hpp>
#include <mica/kernels.hpp>
#include <mica/namespace.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// LossValue: the mean loss of a batch (its sum for Sum<Loss>), and how many samples of a classifier were right.
template <class T>
struct LossValue {
  T mean;
  int correct;
};

// The loss contract: a small type with a nested template On<Output, T> that has
//   Target                             one sample's target as a batch view: labels or values
//   scratch(batch)                     how many numbers of scratch evaluate uses
//   evaluate(y, target, dy, scratch)   the mean loss over the batch, and its gradient dy, which may be written over y
//   evaluate_over(divisor, ...)        the same, but for what the sum is divided by; only Sum<Loss> asks for it
// and describe(writer).

// Labels: the right class of each sample, counted from 0.
using Labels = BatchView<const std::uint8_t, Shape<1>>;

// Sum sets `adds_up`; the loss of a batch then grows with the batch.
template <class LossOn, class = void>
constexpr bool adds_up = false;
template <class LossOn>
constexpr bool adds_up<LossOn, std::void_t<decltype(LossOn::adds_up)>> = LossOn::adds_up;

// A loss sets `takes_class_shares` if its target is the share of each class; then class labels will do, too.
template <class LossOn, class = void>
constexpr bool takes_class_shares = false;
template <class LossOn>
constexpr bool takes_class_shares<LossOn, std::void_t<decltype(LossOn::takes_class_shares)>> =
    LossOn::takes_class_shares;

// What the loss of a batch weighs in a sum over samples.
template <class LossOn>
constexpr float samples_in_loss(int batch) {
  return adds_up<LossOn> ? 1.0f : static_cast<float>(batch);
}

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
