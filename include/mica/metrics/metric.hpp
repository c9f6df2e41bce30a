#pragma once

#include <mica/kernels/losses.hpp>
#include <mica/losses/loss.hpp>
#include <mica/namespace.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// The metric contract: a small type with a nested template On<Output> that has
//   higher_is_better      which way StoppingOn compares
//   observe(y, target)    adds a batch of the network's outputs to what it has seen
//   value()               the figure over all of that; 0 before the first batch
//   reset()               forgets it
// Metrics are handed to Evaluator::run or to StoppingOn, or called by hand:
//   mica::F1::On<Net::Output> f1;
//   evaluator.run(model, data, result, f1);      f1.value()

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
