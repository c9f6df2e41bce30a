#pragma once

#include <mica/exchange/onnx_graph.hpp>
#include <mica/exchange/torch_layer.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace exchange {

// OnnxShape: the extents of a value without the batch, in PyTorch's order.
struct OnnxShape {
  int rank = 0;
  int extents[NamedTensor::most_extents] = {};
};
template <class Sample>
constexpr OnnxShape onnx_shape(Order order) {
  OnnxShape shape;
  shape.rank = Sample::rank;
  const bool moved = order.first && Sample::rank > 1;
  for (int i = 0; i < Sample::rank; ++i) {
    shape.extents[i] = Sample::extent(!moved ? i : i == 0 ? Sample::rank - 1 : i - 1);
  }
  return shape;
}

// Turns a value to the other order.
template <class Sample>
OnnxValue in_order_wanted(OnnxGraph& graph, OnnxValue x, Order& order, Wants wants) {
  const bool first = wants == Wants::channels_first;
  if (Sample::rank < 2 || wants == Wants::any || first == order.first) return x;
  order = first ? channels_first<Sample>() : as_in_mica<Sample>();
  if constexpr (Sample::rank == 2) {
    return graph.node("Transpose", {x}, {{"perm", {0, 2, 1}}});
  } else {
    if (first) return graph.node("Transpose", {x}, {{"perm", {0, 3, 1, 2}}});
    return graph.node("Transpose", {x}, {{"perm", {0, 2, 3, 1}}});
  }
}

// OnnxLayer: how a layer is written to ONNX. Specialise it for a layer of your own:
//   write<Bound>(graph, x, order)   adds its nodes and returns its output. x is in `order`, which is what TorchLayer
//                                   wants, and the output in what TorchLayer's order() says.
template <class Layer>
struct OnnxLayer {
  template <class Bound>
  static OnnxValue write(OnnxGraph& graph, OnnxValue x, Order) {
    graph.refuse<Layer>("nothing says which operators it is (see mica::exchange::OnnxLayer)");
    return x;
  }
};

// A layer that is nothing when a network predicts.
struct OnnxNothing {
  template <class Bound>
  static OnnxValue write(OnnxGraph&, OnnxValue x, Order) {
    return x;
  }
};

// Layers one behind the other; `order` becomes that of the output.
template <class Input, class... Layers>
struct OnnxChain {
  static OnnxValue write(OnnxGraph&, OnnxValue x, Order&, int = 0) { return x; }
};
template <class Input, class First, class... Rest>
struct OnnxChain<Input, First, Rest...> {
  static OnnxValue write(OnnxGraph& graph, OnnxValue x, Order& order, int number = 0) {
    using Bound = typename First::template On<Input, float>;
    using Torch = TorchLayer<First>;
    constexpr int modules = Torch::template modules<Input>;
    const int parameters = graph.parameters, statistics = graph.statistics;
    graph.enter(number + modules - 1);
    x = in_order_wanted<Input>(graph, x, order, Torch::template wants<Input>);
    x = OnnxLayer<First>::template write<Bound>(graph, x, order);
    order = Torch::template order<Bound>(order);
    graph.leave();
    graph.parameters = parameters + parameter_count<Bound>;
    graph.statistics = statistics + statistic_count<Bound>;
    return OnnxChain<typename Bound::Output, Rest...>::write(graph, x, order, number + modules);
  }
};

}  // namespace exchange
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
