#pragma once

#include <type_traits>
#include <utility>

#include <mica/batch_view.hpp>
#include <mica/kernels.hpp>
#include <mica/namespace.hpp>
#include <mica/rng.hpp>
#include <mica/scratch.hpp>
#include <mica/shape.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// Activation: what an initializer must know of the activation that follows its layer.
// `weights` ends the search (the layer's own output is what counts), `transparent` looks further along the chain.
struct Activation {
  enum Kind { weights, transparent, linear, rectifier, self_normalizing, tanh, sigmoid, hard_sigmoid };
  Kind kind;
  float negative_slope;
};

// StepContext: what a training pass hands to each layer: scratch numbers, and the generator for this layer and step.
// Memory: two pointers and 8 bytes.
template <class T>
struct StepContext {
  Scratch<T> scratch;
  Random random;
};

// The layer contract. A layer is written as a small type with a nested template On<Input, T>, its form for one input
// shape and one number type (float, or double for check_layer). On is never instantiated as an object; it has
//
//   Value, Input, Output               the number type and the shapes of one sample
//   Params, Stats, Cache<batch>        structs of Value only: trained; saved but not trained; kept from forward for
//                                      backward. Empty ones cost nothing.
//   in_place                           forward and infer may write over x, backward may write over dy
//   keeps_values                       in place, it leaves the values as they are
//   changes_dy                         backward writes over dy although the layer does not work in place
//   dx_over_x                          backward may write dx over x
//   needs_input, needs_output          backward reads x, y
//   trains_differently                 forward differs from infer: dropout, batch statistics
//   activation                         see Activation
//   infer_scratch(batch), train_scratch(batch)        how many numbers of scratch the passes use
//   shared_scratch(batch)              how many each thread but the first uses, if the layer shares its work (scratch.hpp)
//   initialize(params, stats, next, random)           next: the activation that follows
//   infer(params, stats, x, y, scratch)               no randomness, nothing changed but y: runs from flash; scratch is
//                                      taken as a T*, or as a Scratch<T> by a layer that shares its work
//   forward(params, stats, cache, x, y, context)      the training pass
//   backward(params, gradient, cache, x, y, dy, dx, context)
//                                      adds to gradient, overwrites dx; where dx.data is null it is not wanted. dy may
//                                      be changed if the layer works in place or changes_dy. A layer without
//                                      parameters is only asked for dx.
//
//   input_gradient(params, cache, dy, dx, context)
//                                      may be left out: dx alone, where it depends on neither x nor y. It spares a Frozen
//                                      layer the gradient of its parameters.
//   largest_part(batch), backward_in_parts(params, parts, cache, x, y, dy, dx, context)
//                                      may be left out: backward with its gradient in parts, so that no memory for all of
//                                      it is needed, for batches of up to parts.largest_batch. parts.gradient() is
//                                      room for parts.room numbers, at least largest_part(batch), which are 0;
//                                      parts.complete(first, count) takes those of parameters first, first + 1, ...
//                                      and may change these parameters. Each must be completed once. Where
//                                      parts.takes_products and parts.wants_products(),
//                                      parts.complete_product(first, rows, columns, column, row) takes instead what
//                                      the gradient [rows][columns] of weights is a product of (batches of one).
//
// and the outer type has describe(writer), which writes the type as the user wrote it ("Dense<10>").
// LayerDefaults supplies everything that a simple layer does not state itself.
// Memory: none. Check your own layer with check_layer (testing/check_layer.hpp).
template <class Self, class InputShape, class OutputShape, class T>
struct LayerDefaults {
  using Value = T;
  using Input = InputShape;
  using Output = OutputShape;
  struct Params {};
  struct Stats {};
  template <int batch>
  struct Cache {};

  static constexpr bool in_place = false;
  static constexpr bool keeps_values = false;
  static constexpr bool changes_dy = false;
  static constexpr bool dx_over_x = false;
  static constexpr bool needs_input = false;
  static constexpr bool needs_output = false;
  static constexpr bool trains_differently = false;
  static constexpr Activation activation = {Activation::transparent, 0};
  static constexpr int infer_scratch(int) { return 0; }
  static constexpr int train_scratch(int) { return 0; }
  static constexpr int shared_scratch(int) { return 0; }

  template <class Params, class Stats>
  static void initialize(Params&, Stats&, Activation, Random) {}

  // A layer that behaves the same in training and at test time only writes infer.
  template <class Params, class Stats, class Cache>
  static void forward(const Params& params, Stats& stats, Cache&, BatchView<const T, Input> x, BatchView<T, Output> y,
                      StepContext<T> context) {
    Self::infer(params, stats, x, y, context.scratch);
  }
};

// How many numbers a struct of numbers holds; an empty struct holds none.
template <class Numbers, class T>
constexpr int count_of() {
  if constexpr (std::is_empty_v<Numbers>) {
    return 0;
  } else {
    static_assert(sizeof(Numbers) % sizeof(T) == 0 && alignof(Numbers) == alignof(T),
                  "mica: Params and Stats hold only numbers of the layer's Value type.");
    return static_cast<int>(sizeof(Numbers) / sizeof(T));
  }
}

template <class Bound>
constexpr int parameter_count = count_of<typename Bound::Params, typename Bound::Value>();
template <class Bound>
constexpr int statistic_count = count_of<typename Bound::Stats, typename Bound::Value>();

// How many numbers of its gradient a layer wants room for at a time.
template <class Bound, class = void>
constexpr bool goes_back_in_parts = false;
template <class Bound>
constexpr bool goes_back_in_parts<Bound, std::void_t<decltype(Bound::largest_part(1))>> = true;
template <class Bound>
constexpr int gradient_room(int batch) {
  if constexpr (goes_back_in_parts<Bound>) {
    return Bound::largest_part(batch);
  } else {
    return parameter_count<Bound>;
  }
}

template <class Bound, class = void>
constexpr bool has_input_gradient = false;
template <class Bound>
constexpr bool has_input_gradient<Bound, std::void_t<decltype(Bound::input_gradient(
                                             std::declval<const typename Bound::Params&>(), 0,
                                             std::declval<BatchView<typename Bound::Value, typename Bound::Output>>(),
                                             std::declval<BatchView<typename Bound::Value, typename Bound::Input>>(),
                                             std::declval<StepContext<typename Bound::Value>>()))>> = true;

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
