#pragma once

#include <mica/batch_view.hpp>
#include <mica/kernels.hpp>
#include <mica/namespace.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// LossValue: the mean loss of a batch, and how many samples of a classifier were right.
template <class T>
struct LossValue {
  T mean;
  int correct;
};

// The loss contract: a small type with a nested template On<Output, T> that has
//   Target                             one sample's target as a batch view: labels or values
//   scratch(batch)                     how many numbers of scratch evaluate uses
//   evaluate(y, target, dy, scratch)   the mean loss over the batch, and its gradient dy, which may be written over y
// and describe(writer).

// Labels: the right class of each sample, counted from 0.
using Labels = BatchView<const std::uint8_t, Shape<1>>;

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
