#pragma once

#include <type_traits>

#include <mica/layer.hpp>
#include <mica/namespace.hpp>
#include <mica/parameter_spans.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// UpdateContext: what an update must know beside its numbers. Memory: 16 bytes.
struct UpdateContext {
  long step = 1;       // counted from 1
  int first = 0;       // where these parameters begin in the State
  bool decays = true;  // whether weight decay is for them
};

// The optimizer contract: a struct whose members are its settings (float, int or bool, at most 8), with
//   State<count>      what it keeps for `count` parameters: arrays of `count` floats, 0 at first; empty costs nothing
//   update(count, rate, gradient, state, weight, context)
//                     one step at learning rate `rate` on `count` parameters; the gradient is 0 afterwards
//   update_outer(rows, columns, rate, column, row, state, weight, context)
//                     may be left out: the same on weights [rows][columns] whose gradient is column[i] row[j], rounded
//   describe(writer)
// What depends on the step number is a function of context.step and is never kept: a run that is resumed needs nothing
// else. Every parameter is updated for itself, so that one call for all of them and a call for each layer are the same.
//
// weight_decay and decay_biases: an optimizer with these two settings decays only weights, the tensors of two or more
// dimensions (parameter_spans.hpp), unless decay_biases is set. Biases, the scales and shifts of norms, and PReLU's
// slopes then stay out. The default follows each method's own use: unset for AdamW and Lion, set for all others, which
// so give what PyTorch gives for model.parameters().
template <class Optimizer, class = void>
constexpr bool has_decay_biases = false;
template <class Optimizer>
constexpr bool has_decay_biases<Optimizer, std::void_t<decltype(Optimizer::decay_biases)>> = true;

template <class Optimizer, class = void>
constexpr bool has_update_outer = false;
template <class Optimizer>
constexpr bool has_update_outer<
    Optimizer, std::void_t<decltype(&Optimizer::template update_outer<typename Optimizer::template State<1>>)>> = true;

// One optimizer step on `count` numbers of a struct of parameters, from number `begin` on; `first` is where they begin in
// the State.
template <class Params, class Optimizer, class State>
void update_parameters(const Optimizer& optimizer, float rate, long step, int first, int begin, int count,
                       float* gradient, State& state, float* weight) {
  if constexpr (has_decay_biases<Optimizer>) {
    if (optimizer.weight_decay != 0 && !optimizer.decay_biases) {
      for (const ParameterSpan span : parameter_spans<Params>.spans) {
        const int from = span.first > begin ? span.first - begin : 0;
        const int end = span.first + span.count < begin + count ? span.first + span.count - begin : count;
        if (from >= end) continue;
        optimizer.update(end - from, rate, gradient + from, state, weight + from,
                         UpdateContext{step, first + from, span.is_weight});
      }
      return;
    }
  }
  optimizer.update(count, rate, gradient, state, weight, UpdateContext{step, first, true});
}
// The same on all of them, `first` of which come before the struct in the State.
template <class Params, class Optimizer, class State>
void update_parameters(const Optimizer& optimizer, float rate, long step, int first, float* gradient, State& state,
                       float* weight) {
  update_parameters<Params>(optimizer, rate, step, first, 0, count_of<Params, float>(), gradient, state, weight);
}

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
