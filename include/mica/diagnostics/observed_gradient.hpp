#pragma once

#include <type_traits>

#include <mica/chain.hpp>
#include <mica/namespace.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// An observer of a training step or of a prediction has
//   before_pass()
//   after_layer<i>(y)                                    behind layer i on the way forward, counted from 0
//   before_backward<i>(dy)                               in front of layer i on the way back
//   parameter_gradient<i>(first, count, gradient)        of layer i, or of the part of it that begins at `first`
//   after_pass(model)                                    with the step taken
// Observer supplies those that do nothing; Diagnostics is the observer of Mica's own. Memory: none.
struct Observer {
  void before_pass() {}
  template <int i, class Values>
  void after_layer(Values) {}
  template <int i, class Values>
  void before_backward(Values) {}
  template <int i>
  void parameter_gradient(int, int, const float*) {}
  template <class Model>
  void after_pass(const Model&) {}
};

// ObservedGradient: a sink for gradients that shows them to an observer on their way to another sink.
// Memory: two references, only while an observer looks.
template <class Its, class Net, class Sink>
struct ObservedGradient {
  using Observed = Its;
  static constexpr bool takes_parts = Sink::takes_parts;
  template <int i>
  using LayerAt = typename Net::Bound::template LayerAt<i>;

  Its& observer;
  Sink& sink;

  template <int i, class Values>
  void before_backward(Values dy) {
    observer.template before_backward<i>(dy);
  }
  template <int i>
  auto& of_layer() {
    return sink.template of_layer<i>();
  }
  template <int i>
  void complete() {
    constexpr int count = parameter_count<LayerAt<i>>;
    if constexpr (count > 0) {
      observer.template parameter_gradient<i>(0, count, reinterpret_cast<const float*>(&sink.template of_layer<i>()));
    }
    sink.template complete<i>();
  }

  template <int i, class Parts>
  struct ObservedParts {
    static constexpr int room = Parts::room;
    static constexpr int largest_batch = Parts::largest_batch;
    static constexpr bool takes_products = false;
    ObservedGradient& observed;
    Parts parts;
    float* gradient() { return parts.gradient(); }
    void complete(int first, int count) {
      observed.observer.template parameter_gradient<i>(first, count, parts.gradient());
      parts.complete(first, count);
    }
  };
  template <int i>
  auto parts_of() {
    auto parts = sink.template parts_of<i>();
    return ObservedParts<i, decltype(parts)>{*this, parts};
  }
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
