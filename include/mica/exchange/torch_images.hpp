// Layers without numbers whose output has its channels first in PyTorch, or no pixels any more.
#pragma once

#include <mica/exchange/torch_layer.hpp>
#include <mica/layers/avg_pool1d.hpp>
#include <mica/layers/avg_pool2d.hpp>
#include <mica/layers/global_avg_pool.hpp>
#include <mica/layers/max_pool1d.hpp>
#include <mica/layers/max_pool2d.hpp>
#include <mica/layers/reshape.hpp>
#include <mica/layers/select_channels.hpp>
#include <mica/layers/upsample2d.hpp>
#include <mica/layers/zero_pad2d.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace exchange {

template <int kernel, int stride, class Padding>
struct TorchLayer<MaxPool2d<kernel, stride, Padding>> : TorchImageLayer<MaxPool2d<kernel, stride, Padding>> {};
template <int kernel, int stride, class Padding>
struct TorchLayer<AvgPool2d<kernel, stride, Padding>> : TorchImageLayer<AvgPool2d<kernel, stride, Padding>> {};
template <int kernel, int stride, class Padding>
struct TorchLayer<MaxPool1d<kernel, stride, Padding>> : TorchImageLayer<MaxPool1d<kernel, stride, Padding>> {};
template <int kernel, int stride, class Padding>
struct TorchLayer<AvgPool1d<kernel, stride, Padding>> : TorchImageLayer<AvgPool1d<kernel, stride, Padding>> {};
template <int factor>
struct TorchLayer<Upsample2d<factor>> : TorchImageLayer<Upsample2d<factor>> {};
template <int top, int bottom, int left, int right>
struct TorchLayer<ZeroPad2d<top, bottom, left, right>> : TorchImageLayer<ZeroPad2d<top, bottom, left, right>> {};

// A module that calls view() with the extents as Mica has them.
template <int... extents>
struct TorchLayer<Reshape<extents...>> : TorchRowLayer<Reshape<extents...>> {};

// A module that takes a slice of the channels.
template <int first, int count>
struct TorchLayer<SelectChannels<first, count>> : LayerLikeTorch<SelectChannels<first, count>> {
  template <class Bound>
  static constexpr Order order(Order order) {
    return order.first && Bound::Input::rank > 1 ? channels_first<typename Bound::Output>()
                                                 : as_in_mica<typename Bound::Output>();
  }
};

// nn.AdaptiveAvgPool2d(1), nn.Flatten().
template <>
struct TorchLayer<GlobalAvgPool> : TorchRowLayer<GlobalAvgPool> {
  template <class Input>
  static constexpr Wants wants = Wants::channels_first;
  template <class Input>
  static constexpr int modules = 2;
};

}  // namespace exchange
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
