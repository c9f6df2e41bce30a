// Pools and other layers over images as operators of ONNX.
#pragma once

#include <mica/exchange/onnx_weights.hpp>
#include <mica/exchange/torch_images.hpp>
#include <mica/layers/flatten.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace exchange {

inline OnnxValue onnx_pool(OnnxGraph& graph, OnnxValue x, const char* operation, const Window& w, bool length) {
  const int bottom = margin_behind(w.padded_height(), w.top, w.height);
  const int right = margin_behind(w.padded_width(), w.left, w.width);
  if (length) {
    return graph.node(operation, {x},
                      {{"kernel_shape", {w.kernel_width}}, {"pads", {w.left, right}}, {"strides", {w.stride_width}}});
  }
  return graph.node(operation, {x},
                    {{"kernel_shape", {w.kernel_height, w.kernel_width}},
                     {"pads", {w.top, w.left, bottom, right}},
                     {"strides", {w.stride_height, w.stride_width}}});
}

template <int kernel, int stride, class Padding>
struct OnnxLayer<MaxPool2d<kernel, stride, Padding>> {
  template <class Bound>
  static OnnxValue write(OnnxGraph& graph, OnnxValue x, Order) {
    return onnx_pool(graph, x, "MaxPool", Bound::window, false);
  }
};
template <int kernel, int stride, class Padding>
struct OnnxLayer<AvgPool2d<kernel, stride, Padding>> {
  template <class Bound>
  static OnnxValue write(OnnxGraph& graph, OnnxValue x, Order) {
    return onnx_pool(graph, x, "AveragePool", Bound::window, false);
  }
};

// The window of a pool along a length, which is that of an image one row high.
template <class Bound, class Plane>
constexpr Window window_along =
    Plane::template On<Shape<1, Bound::Input::extent(0), Bound::Input::extent(1)>, float>::window;
template <int kernel, int stride, class Padding>
struct OnnxLayer<MaxPool1d<kernel, stride, Padding>> {
  template <class Bound>
  static OnnxValue write(OnnxGraph& graph, OnnxValue x, Order) {
    using Plane = typename MaxPool1d<kernel, stride, Padding>::Plane;
    return onnx_pool(graph, x, "MaxPool", window_along<Bound, Plane>, true);
  }
};
template <int kernel, int stride, class Padding>
struct OnnxLayer<AvgPool1d<kernel, stride, Padding>> {
  template <class Bound>
  static OnnxValue write(OnnxGraph& graph, OnnxValue x, Order) {
    using Plane = typename AvgPool1d<kernel, stride, Padding>::Plane;
    return onnx_pool(graph, x, "AveragePool", window_along<Bound, Plane>, true);
  }
};

template <>
struct OnnxLayer<GlobalAvgPool> {
  template <class Bound>
  static OnnxValue write(OnnxGraph& graph, OnnxValue x, Order) {
    return graph.node("Flatten", {graph.node("GlobalAveragePool", {x})}, {{"axis", 1}});
  }
};

template <>
struct OnnxLayer<Flatten> {
  template <class Bound>
  static OnnxValue write(OnnxGraph& graph, OnnxValue x, Order) {
    return Bound::Input::rank == 1 ? x : graph.node("Flatten", {x}, {{"axis", 1}});
  }
};

template <int... extents>
struct OnnxLayer<Reshape<extents...>> {
  template <class Bound>
  static OnnxValue write(OnnxGraph& graph, OnnxValue x, Order order) {
    if (!order.same()) graph.refuse<Reshape<extents...>>("its input is a flattened image");
    graph.integers("shape", {0, extents...});
    return graph.node("Reshape", {x, "shape"});
  }
};

template <int first, int count>
struct OnnxLayer<SelectChannels<first, count>> {
  template <class Bound>
  static OnnxValue write(OnnxGraph& graph, OnnxValue x, Order order) {
    constexpr int rank = Bound::Input::rank;
    if (rank == 1 && !order.same()) graph.refuse<SelectChannels<first, count>>("its input is a flattened image");
    graph.integers("starts", {first});
    graph.integers("ends", {first + count});
    graph.integers("axes", {rank > 1 && order.first ? 1 : rank});
    return graph.node("Slice", {x, "starts", "ends", "axes"});
  }
};

template <int factor>
struct OnnxLayer<Upsample2d<factor>> {
  template <class Bound>
  static OnnxValue write(OnnxGraph& graph, OnnxValue x, Order) {
    graph.reals("scales", {4}, {1, 1, static_cast<float>(height_of(factor)), static_cast<float>(width_of(factor))});
    return graph.node(
        "Resize", {x, "", "scales"},
        {{"coordinate_transformation_mode", "asymmetric"}, {"mode", "nearest"}, {"nearest_mode", "floor"}});
  }
};

template <int top, int bottom, int left, int right>
struct OnnxLayer<ZeroPad2d<top, bottom, left, right>> {
  template <class Bound>
  static OnnxValue write(OnnxGraph& graph, OnnxValue x, Order) {
    graph.integers("pads", {0, 0, top, left, 0, 0, bottom, right});
    return graph.node("Pad", {x, "pads"});
  }
};

}  // namespace exchange
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
