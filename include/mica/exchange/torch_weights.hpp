// What PyTorch calls the tensors of layers with weights, and how they lie: Linear, Conv1d, Conv2d, ConvTranspose2d,
// Embedding, PReLU. PyTorch puts the outputs first and the taps of a kernel last.
#pragma once

#include <mica/exchange/torch_layer.hpp>
#include <mica/layers/conv1d.hpp>
#include <mica/layers/conv2d.hpp>
#include <mica/layers/conv_transpose2d.hpp>
#include <mica/layers/dense.hpp>
#include <mica/layers/depthwise_conv2d.hpp>
#include <mica/layers/embedding.hpp>
#include <mica/layers/prelu.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace exchange {

// nn.Linear: weight [outputs][inputs]; a Flatten in front of it where the input is no row.
template <int outputs, class... Initializers>
struct TorchLayer<Dense<outputs, Initializers...>> : TorchRowLayer<Dense<outputs, Initializers...>> {
  template <class Input>
  static constexpr Wants wants = Wants::any;
  template <class Input>
  static constexpr int modules = Input::rank > 1 ? 2 : 1;
  template <class Bound, class List>
  static constexpr void tensors(List& list, Order order) {
    list.add(in_order(order, in_params("weight", 0, {outputs, Bound::in}, {1, outputs})));
    list.add(optional(in_params("bias", Bound::in * outputs, {outputs}, {1})));
  }
};

// nn.Conv2d: weight [outputs][channels][kernel height][kernel width].
template <int outputs, int kernel, class Padding, int stride, int dilation, class... Initializers>
struct TorchLayer<Conv2d<outputs, kernel, Padding, stride, dilation, Initializers...>>
    : TorchImageLayer<Conv2d<outputs, kernel, Padding, stride, dilation, Initializers...>> {
  template <class Bound, class List>
  static constexpr void tensors(List& list, Order) {
    constexpr Window w = Bound::window;
    list.add(in_params("weight", 0, {outputs, w.channels, w.kernel_height, w.kernel_width},
                       {1, outputs, w.kernel_width * w.channels * outputs, w.channels * outputs}));
    list.add(optional(in_params("bias", w.taps() * w.channels * outputs, {outputs}, {1})));
  }
};

// nn.Conv1d: weight [outputs][channels][kernel].
template <int outputs, int kernel, class Padding, int stride, int dilation, class... Initializers>
struct TorchLayer<Conv1d<outputs, kernel, Padding, stride, dilation, Initializers...>>
    : TorchImageLayer<Conv1d<outputs, kernel, Padding, stride, dilation, Initializers...>> {
  template <class Bound, class List>
  static constexpr void tensors(List& list, Order) {
    constexpr int channels = Bound::window.channels;
    list.add(in_params("weight", 0, {outputs, channels, kernel}, {1, outputs, channels * outputs}));
    list.add(optional(in_params("bias", kernel * channels * outputs, {outputs}, {1})));
  }
};

// nn.Conv2d with as many groups as channels: weight [channels multiplier][1][kernel height][kernel width].
template <int kernel, class Padding, int stride, int dilation, int multiplier, class... Initializers>
struct TorchLayer<DepthwiseConv2d<kernel, Padding, stride, dilation, multiplier, Initializers...>>
    : TorchImageLayer<DepthwiseConv2d<kernel, Padding, stride, dilation, multiplier, Initializers...>> {
  template <class Bound, class List>
  static constexpr void tensors(List& list, Order) {
    constexpr Window w = Bound::window;
    constexpr int outputs = Bound::outputs;
    list.add(in_params("weight", 0, {outputs, 1, w.kernel_height, w.kernel_width},
                       {1, 0, w.kernel_width * outputs, outputs}));
    list.add(optional(in_params("bias", w.taps() * outputs, {outputs}, {1})));
  }
};

// nn.ConvTranspose2d: weight [channels][outputs][kernel height][kernel width].
template <int outputs, int kernel, class Padding, int stride, int output_padding, int dilation, class... Initializers>
struct TorchLayer<ConvTranspose2d<outputs, kernel, Padding, stride, output_padding, dilation, Initializers...>>
    : TorchImageLayer<ConvTranspose2d<outputs, kernel, Padding, stride, output_padding, dilation, Initializers...>> {
  template <class Bound, class List>
  static constexpr void tensors(List& list, Order) {
    constexpr Window w = Bound::window;
    constexpr int channels = Bound::channels;
    list.add(in_params("weight", 0, {channels, outputs, w.kernel_height, w.kernel_width},
                       {1, channels, w.kernel_width * outputs * channels, outputs * channels}));
    list.add(optional(in_params("bias", w.taps() * outputs * channels, {outputs}, {1})));
  }
};

// nn.Embedding: weight [vocabulary][dimension].
template <int vocabulary, int dimension, class... Initializers>
struct TorchLayer<Embedding<vocabulary, dimension, Initializers...>>
    : TorchRowLayer<Embedding<vocabulary, dimension, Initializers...>> {
  template <class Bound, class List>
  static constexpr void tensors(List& list, Order) {
    list.add(in_params("weight", 0, {vocabulary, dimension}, {dimension, 1}));
  }
};

// nn.PReLU: weight [channels].
template <>
struct TorchLayer<PReLU> : LayerLikeTorch<PReLU> {
  template <class Bound, class List>
  static constexpr void tensors(List& list, Order order) {
    const NamedTensor slope = in_params("weight", 0, {Bound::channels}, {1});
    list.add(Bound::Input::rank == 1 ? in_order(order, slope) : slope);
  }
};

}  // namespace exchange
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
