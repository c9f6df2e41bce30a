// Normalisations as operators of ONNX.
#pragma once

#include <mica/exchange/onnx_layer.hpp>
#include <mica/exchange/torch_norms.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace exchange {

template <class... Rest>
struct OnnxLayer<BatchNorm<Rest...>> {
  template <class Bound>
  static OnnxValue write(OnnxGraph& graph, OnnxValue x, Order order) {
    TorchLayer<BatchNorm<Rest...>>::template tensors<Bound>(graph, order);
    return graph.node("BatchNormalization", {x, "weight", "bias", "running_mean", "running_var"},
                      {{"epsilon", BatchNorm<Rest...>::epsilon}});
  }
};

template <>
struct OnnxLayer<InstanceNorm> {
  template <class Bound>
  static OnnxValue write(OnnxGraph& graph, OnnxValue x, Order order) {
    TorchLayer<InstanceNorm>::template tensors<Bound>(graph, order);
    return graph.node("InstanceNormalization", {x, "weight", "bias"}, {{"epsilon", Bound::epsilon}});
  }
};

// Up to version 17 the groups are instances of a value in another shape, and scale and shift come behind.
template <int groups, class... Rest>
struct OnnxLayer<GroupNorm<groups, Rest...>> {
  template <class Bound>
  static OnnxValue write(OnnxGraph& graph, OnnxValue x, Order order) {
    using Sample = typename Bound::Input;
    constexpr int channels = Bound::channels, rank = Sample::rank;
    const NamedTensor scale = in_params("weight", 0, {channels}, {1});
    const NamedTensor shift = in_params("bias", channels, {channels}, {1});
    if (rank == 1) {
      graph.tensor("weight", {channels}, {in_order(order, scale)});
      graph.tensor("bias", {channels}, {in_order(order, shift)});
    } else if (rank == 2) {
      graph.tensor("weight", {channels, 1}, {scale});
      graph.tensor("bias", {channels, 1}, {shift});
    } else {
      graph.tensor("weight", {channels, 1, 1}, {scale});
      graph.tensor("bias", {channels, 1, 1}, {shift});
    }
    if (rank == 1 && !order.same())
      graph.refuse<GroupNorm<groups, Rest...>>("its groups are those of a flattened image");
    graph.filled(
        "one", {groups}, [](int, const void*) { return 1.0f; }, nullptr);
    graph.filled(
        "zero", {groups}, [](int, const void*) { return 0.0f; }, nullptr);
    graph.integers("grouped", {0, groups, -1});
    const OnnxShape shape = onnx_shape<Sample>(order);
    if (rank == 1) graph.integers("shape", {0, channels});
    if (rank == 2) graph.integers("shape", {0, shape.extents[0], shape.extents[1]});
    if (rank == 3) graph.integers("shape", {0, shape.extents[0], shape.extents[1], shape.extents[2]});
    x = graph.node("Reshape", {x, "grouped"});
    x = graph.node("InstanceNormalization", {x, "one", "zero"}, {{"epsilon", Bound::epsilon}});
    x = graph.node("Reshape", {x, "shape"});
    return graph.node("Add", {graph.node("Mul", {x, "weight"}), "bias"});
  }
};

template <int extents, class... Rest>
struct OnnxLayer<LayerNorm<extents, Rest...>> {
  template <class Bound>
  static OnnxValue write(OnnxGraph& graph, OnnxValue x, Order order) {
    constexpr int rank = Bound::Input::rank;
    TorchLayer<LayerNorm<extents, Rest...>>::template tensors<Bound>(graph, order);
    return graph.node("LayerNormalization", {x, "weight", "bias"},
                      {{"axis", extents == 0 ? -rank : -extents}, {"epsilon", LayerNorm<extents, Rest...>::epsilon}});
  }
};

}  // namespace exchange
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
