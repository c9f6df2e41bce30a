// What PyTorch calls the tensors of normalisations, and how they lie.
#pragma once

#include <mica/exchange/torch_layer.hpp>
#include <mica/layers/batch_norm.hpp>
#include <mica/layers/group_norm.hpp>
#include <mica/layers/instance_norm.hpp>
#include <mica/layers/layer_norm.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace exchange {

// Scale and shift by channel, side by side in Params: weight, bias.
template <class Layer>
struct TorchChannelNorm : LayerLikeTorch<Layer> {
  template <class Input>
  static constexpr Wants wants = Input::rank > 1 ? Wants::channels_first : Wants::any;
  // A row of numbers that was an image has as many channels as numbers.
  template <class Bound>
  static constexpr NamedTensor by_channel(Order order, NamedTensor tensor) {
    return Bound::Input::rank == 1 ? in_order(order, tensor) : tensor;
  }
  template <class Bound, class List>
  static constexpr void tensors(List& list, Order order) {
    constexpr int channels = Bound::channels;
    list.add(by_channel<Bound>(order, in_params("weight", 0, {channels}, {1})));
    list.add(by_channel<Bound>(order, in_params("bias", channels, {channels}, {1})));
  }
};

// nn.BatchNorm1d, nn.BatchNorm2d: also running_mean, running_var, num_batches_tracked.
template <class... Rest>
struct TorchLayer<BatchNorm<Rest...>> : TorchChannelNorm<BatchNorm<Rest...>> {
  template <class Bound, class List>
  static constexpr void tensors(List& list, Order order) {
    using Norm = TorchChannelNorm<BatchNorm<Rest...>>;
    constexpr int channels = Bound::channels;
    Norm::template tensors<Bound>(list, order);
    list.add(Norm::template by_channel<Bound>(order, in_stats("running_mean", 0, {channels}, {1})));
    NamedTensor remainder = optional(in_stats("running_mean_remainder", channels, {channels}, {1}));
    remainder.kind = TensorKind::remainder;
    list.add(Norm::template by_channel<Bound>(order, remainder));
    list.add(Norm::template by_channel<Bound>(order, in_stats("running_var", 2 * channels, {channels}, {1})));
    NamedTensor batches = optional(in_stats("num_batches_tracked", 3 * channels, {}, {}));
    batches.kind = TensorKind::batches;
    list.add(batches);
  }
};

template <int groups, class... Rest>
struct TorchLayer<GroupNorm<groups, Rest...>> : TorchChannelNorm<GroupNorm<groups, Rest...>> {};
template <>
struct TorchLayer<InstanceNorm> : TorchChannelNorm<InstanceNorm> {};

// nn.LayerNorm: weight and bias of the normalised extents, those of a whole image with the channels first.
template <int extents, class... Rest>
struct TorchLayer<LayerNorm<extents, Rest...>> : LayerLikeTorch<LayerNorm<extents, Rest...>> {
  template <class Input>
  static constexpr Wants wants = extents == 0 || extents == Input::rank ? Wants::any : Wants::as_in_mica;
  template <class Bound, class List>
  static constexpr void tensors(List& list, Order order) {
    using Input = typename Bound::Input;
    constexpr bool whole = extents == 0 || extents == Input::rank;
    const bool first = whole && order.first && Input::rank > 1;
    add(list, whole, order, shaped<Input>("weight", 0, first));
    add(list, whole, order, shaped<Input>("bias", Bound::columns, first));
  }

 private:
  template <class Input>
  static constexpr NamedTensor shaped(const char* name, int offset, bool reordered) {
    constexpr int rank = Input::rank, normalised = extents == 0 ? rank : extents;
    NamedTensor tensor = in_params(name, offset, {size_of_last<Input>(extents)}, {1});
    tensor.rank = normalised;
    for (int i = 0; i < normalised; ++i) {
      const int from = !reordered ? rank - normalised + i : i == 0 ? rank - 1 : i - 1;
      tensor.shape[i] = Input::extent(from);
    }
    return tensor;
  }
  template <class List>
  static constexpr void add(List& list, bool whole, Order order, NamedTensor tensor) {
    list.add(whole ? in_order(order, tensor) : tensor);
  }
};

}  // namespace exchange
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
