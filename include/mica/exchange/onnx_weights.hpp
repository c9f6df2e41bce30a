// Layers with weights as operators of ONNX; their tensors are PyTorch's.
#pragma once

#include <mica/exchange/onnx_layer.hpp>
#include <mica/exchange/torch_weights.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace exchange {

template <int outputs, class... Initializers>
struct OnnxLayer<Dense<outputs, Initializers...>> {
  template <class Bound>
  static OnnxValue write(OnnxGraph& graph, OnnxValue x, Order order) {
    TorchLayer<Dense<outputs, Initializers...>>::template tensors<Bound>(graph, order);
    if (Bound::Input::rank > 1) x = graph.node("Flatten", {x}, {{"axis", 1}});
    return graph.node("Gemm", {x, "weight", "bias"}, {{"transB", 1}});
  }
};

// How many rows or columns behind the image a window reads; none where it leaves some out.
constexpr int margin_behind(int padded, int before, int size) {
  return padded - before - size > 0 ? padded - before - size : 0;
}

// A convolution over two extents, or over one if Bound's input has only one.
template <class Bound>
OnnxValue onnx_convolution(OnnxGraph& graph, OnnxValue x, int groups) {
  constexpr Window w = Bound::window;
  const int bottom = margin_behind(w.padded_height(), w.top, w.height);
  const int right = margin_behind(w.padded_width(), w.left, w.width);
  if constexpr (Bound::Input::rank == 2) {
    return graph.node("Conv", {x, "weight", "bias"},
                      {{"dilations", {w.dilation_width}},
                       {"group", groups},
                       {"kernel_shape", {w.kernel_width}},
                       {"pads", {w.left, right}},
                       {"strides", {w.stride_width}}});
  } else {
    return graph.node("Conv", {x, "weight", "bias"},
                      {{"dilations", {w.dilation_height, w.dilation_width}},
                       {"group", groups},
                       {"kernel_shape", {w.kernel_height, w.kernel_width}},
                       {"pads", {w.top, w.left, bottom, right}},
                       {"strides", {w.stride_height, w.stride_width}}});
  }
}

template <class Layer>
struct OnnxConvolution {
  template <class Bound>
  static OnnxValue write(OnnxGraph& graph, OnnxValue x, Order order) {
    TorchLayer<Layer>::template tensors<Bound>(graph, order);
    return onnx_convolution<Bound>(graph, x, 1);
  }
};
template <int outputs, int kernel, class Padding, int stride, int dilation, class... Initializers>
struct OnnxLayer<Conv2d<outputs, kernel, Padding, stride, dilation, Initializers...>>
    : OnnxConvolution<Conv2d<outputs, kernel, Padding, stride, dilation, Initializers...>> {};
template <int outputs, int kernel, class Padding, int stride, int dilation, class... Initializers>
struct OnnxLayer<Conv1d<outputs, kernel, Padding, stride, dilation, Initializers...>>
    : OnnxConvolution<Conv1d<outputs, kernel, Padding, stride, dilation, Initializers...>> {};

template <int kernel, class Padding, int stride, int dilation, int multiplier, class... Initializers>
struct OnnxLayer<DepthwiseConv2d<kernel, Padding, stride, dilation, multiplier, Initializers...>> {
  using Layer = DepthwiseConv2d<kernel, Padding, stride, dilation, multiplier, Initializers...>;
  template <class Bound>
  static OnnxValue write(OnnxGraph& graph, OnnxValue x, Order order) {
    TorchLayer<Layer>::template tensors<Bound>(graph, order);
    return onnx_convolution<Bound>(graph, x, Bound::window.channels);
  }
};

template <int outputs, int kernel, class Padding, int stride, int output_padding, int dilation, class... Initializers>
struct OnnxLayer<ConvTranspose2d<outputs, kernel, Padding, stride, output_padding, dilation, Initializers...>> {
  using Layer = ConvTranspose2d<outputs, kernel, Padding, stride, output_padding, dilation, Initializers...>;
  template <class Bound>
  static OnnxValue write(OnnxGraph& graph, OnnxValue x, Order order) {
    // The window moves over the output: what it reads beyond it is cut off, what it does not reach is added.
    constexpr Window w = Bound::window;
    constexpr int bottom = w.padded_height() - w.top - w.height, right = w.padded_width() - w.left - w.width;
    TorchLayer<Layer>::template tensors<Bound>(graph, order);
    return graph.node("ConvTranspose", {x, "weight", "bias"},
                      {{"dilations", {w.dilation_height, w.dilation_width}},
                       {"kernel_shape", {w.kernel_height, w.kernel_width}},
                       {"output_padding", {bottom < 0 ? -bottom : 0, right < 0 ? -right : 0}},
                       {"pads", {w.top, w.left, bottom > 0 ? bottom : 0, right > 0 ? right : 0}},
                       {"strides", {w.stride_height, w.stride_width}}});
  }
};

// Indices are floats in Mica.
template <int vocabulary, int dimension, class... Initializers>
struct OnnxLayer<Embedding<vocabulary, dimension, Initializers...>> {
  template <class Bound>
  static OnnxValue write(OnnxGraph& graph, OnnxValue x, Order order) {
    constexpr int integers_of_64_bits = 7;
    TorchLayer<Embedding<vocabulary, dimension, Initializers...>>::template tensors<Bound>(graph, order);
    return graph.node("Gather", {"weight", graph.node("Cast", {x}, {{"to", integers_of_64_bits}})}, {{"axis", 0}});
  }
};

// One slope for each channel stands in front of as many extents of 1 as follow the channels.
template <>
struct OnnxLayer<PReLU> {
  template <class Bound>
  static OnnxValue write(OnnxGraph& graph, OnnxValue x, Order order) {
    constexpr int rank = Bound::Input::rank, channels = Bound::channels;
    const NamedTensor slope = in_params("weight", 0, {channels}, {1});
    if (rank == 1) {
      graph.tensor("weight", {channels}, {in_order(order, slope)});
    } else if (rank == 2 && order.first) {
      graph.tensor("weight", {channels, 1}, {slope});
    } else if (order.first) {
      graph.tensor("weight", {channels, 1, 1}, {slope});
    } else {
      graph.tensor("weight", {channels}, {slope});
    }
    return graph.node("PRelu", {x, "weight"});
  }
};

}  // namespace exchange
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
