#pragma once

#include <mica/exchange/network_tensors.hpp>
#include <mica/exchange/onnx_activations.hpp>
#include <mica/exchange/onnx_composites.hpp>
#include <mica/exchange/onnx_images.hpp>
#include <mica/exchange/onnx_norms.hpp>
#include <mica/exchange/onnx_sequences.hpp>
#include <mica/exchange/onnx_weights.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace exchange {

// OnnxWalk: a network as a function that writes it into a graph.
template <class Net>
struct OnnxWalk;
template <class First, class... Layers>
struct OnnxWalk<Sequential<First, Layers...>> {
  using Input = typename Sequential<First, Layers...>::Input;
  using Output = typename Sequential<First, Layers...>::Output;
  static constexpr Order order = order_of_input<Input>(FirstWish<Input, Layers...>::value);

  static constexpr OnnxShape input() { return onnx_shape<Input>(order); }

  static void write(OnnxGraph& graph) {
    Order present = order;
    OnnxValue y = OnnxChain<Input, Layers...>::write(graph, OnnxValue{}, present);
    // A network that does nothing when it predicts still has an output of its own.
    if (y.number == 0) y = graph.node("Identity", {y});
    const OnnxShape shape = onnx_shape<Output>(present);
    graph.output = y;
    graph.output_rank = shape.rank;
    for (int i = 0; i < shape.rank; ++i) graph.output_shape[i] = shape.extents[i];
  }
};

}  // namespace exchange
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
