// Layers made of layers in a graph of ONNX.
#pragma once

#include <mica/exchange/onnx_layer.hpp>
#include <mica/exchange/torch_composites.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace exchange {

template <class... Around, class... Layers>
struct OnnxLayer<Residual<Shortcut<Around...>, Layers...>> {
  template <class Bound>
  static OnnxValue write(OnnxGraph& graph, OnnxValue x, Order order) {
    using Input = typename Bound::Input;
    Order of_f = order, of_p = order;
    graph.enter(0);
    const OnnxValue f = OnnxChain<Input, Layers...>::write(graph, x, of_f);
    graph.leave();
    graph.enter(1);
    OnnxValue p = OnnxChain<Input, Around...>::write(graph, x, of_p);
    graph.leave();
    const Wants same = of_f.first ? Wants::channels_first : Wants::as_in_mica;
    p = in_order_wanted<typename Bound::Output>(graph, p, of_p, same);
    return graph.node("Add", {f, p});
  }
};
template <class... Layers>
struct OnnxLayer<Residual<Layers...>> : OnnxLayer<Residual<Shortcut<>, Layers...>> {};

template <class... Branches>
struct OnnxLayer<Concat<Branches...>> {
  template <class Bound>
  static OnnxValue write(OnnxGraph& graph, OnnxValue x, Order order) {
    // ONNX joins any number of values in one node, but a list of unknown length is joined pair by pair here.
    int number = 0;
    OnnxValue joined;
    Order first = order;
    ((joined = add<typename Bound::Input>(static_cast<Branches*>(nullptr), graph, x, order, number++, joined, first)),
     ...);
    return joined;
  }

 private:
  template <class Input, class... Layers>
  static OnnxValue add(Branch<Layers...>*, OnnxGraph& graph, OnnxValue x, Order order, int number, OnnxValue joined,
                       Order& first) {
    using Output = typename Branch<Layers...>::template On<float, Input>::Output;
    graph.enter(number);
    x = OnnxChain<Input, Layers...>::write(graph, x, order);
    graph.leave();
    if (number == 0) {
      first = order;
      return x;
    }
    x = in_order_wanted<Output>(graph, x, order, first.first ? Wants::channels_first : Wants::as_in_mica);
    const bool moved = first.first && Output::rank > 1;
    return graph.node("Concat", {joined, x}, {{"axis", moved ? 1 : -1}});
  }
};

template <class Layer>
struct OnnxLayer<Frozen<Layer>> {
  template <class Bound>
  static OnnxValue write(OnnxGraph& graph, OnnxValue x, Order order) {
    graph.frozen = true;
    graph.frozen_parameters = parameter_count<typename Bound::Inner>;
    x = OnnxLayer<Layer>::template write<typename Bound::Inner>(graph, x, order);
    graph.frozen = false;
    graph.frozen_parameters = 0;
    return x;
  }
};
template <class... Layers>
struct OnnxLayer<Frozen<Residual<Layers...>>> : OnnxLayer<Residual<typename FrozenLayer<Layers>::Type...>> {};
template <class... Branches>
struct OnnxLayer<Frozen<Concat<Branches...>>> : OnnxLayer<Concat<typename FrozenLayer<Branches>::Type...>> {};
template <class Layer>
struct OnnxLayer<Frozen<Frozen<Layer>>> : OnnxLayer<Frozen<Layer>> {};

}  // namespace exchange
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
