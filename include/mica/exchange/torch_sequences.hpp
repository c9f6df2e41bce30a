// What PyTorch calls the tensors of layers over sequences, and how they lie: nn.RNN, nn.GRU, nn.LSTM with one layer and
// batch_first, nn.MultiheadAttention. PyTorch has two biases for each gate; where they are only added up, Mica keeps the
// sum.
#pragma once

#include <mica/exchange/torch_layer.hpp>
#include <mica/layers/gru.hpp>
#include <mica/layers/lstm.hpp>
#include <mica/layers/positional_encoding.hpp>
#include <mica/layers/self_attention.hpp>
#include <mica/layers/simple_rnn.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace exchange {

// The gates stand in the same order in both. Of the last `gates_apart` gates the second bias is kept by itself, behind
// the others.
template <class Layer, int gates, int gates_apart, int units>
struct TorchRecurrent : TorchRowLayer<Layer> {
  template <class Bound, class List>
  static constexpr void tensors(List& list, Order) {
    constexpr int rows = gates * units, features = Bound::features;
    constexpr int bias = (features + units) * rows, summed = (gates - gates_apart) * units;
    list.add(in_params("weight_ih_l0", 0, {rows, features}, {1, rows}));
    list.add(in_params("weight_hh_l0", features * rows, {rows, units}, {1, rows}));
    list.add(optional(in_params("bias_ih_l0", bias, {rows}, {1})));
    NamedTensor second = optional(in_params("bias_hh_l0", bias + rows - summed, {rows}, {1}));
    second.added = summed;
    second.added_first = bias;
    list.add(second);
  }
};

template <int units, class... Rest>
struct TorchLayer<SimpleRNN<units, Rest...>> : TorchRecurrent<SimpleRNN<units, Rest...>, 1, 0, units> {};
template <int units, class... Rest>
struct TorchLayer<GRU<units, Rest...>> : TorchRecurrent<GRU<units, Rest...>, 3, 1, units> {};
template <int units, class... Rest>
struct TorchLayer<LSTM<units, Rest...>> : TorchRecurrent<LSTM<units, Rest...>, 4, 0, units> {};

template <>
struct TorchLayer<PositionalEncoding> : TorchRowLayer<PositionalEncoding> {};

// Queries, keys and values stand in the same order in both.
template <int heads, class... Rest>
struct TorchLayer<SelfAttention<heads, Rest...>> : TorchRowLayer<SelfAttention<heads, Rest...>> {
  template <class Bound, class List>
  static constexpr void tensors(List& list, Order) {
    constexpr int features = Bound::Input::extent(1), columns = 3 * features;
    constexpr int output = (features + 1) * columns;
    list.add(in_params("in_proj_weight", 0, {columns, features}, {1, columns}));
    list.add(optional(in_params("in_proj_bias", features * columns, {columns}, {1})));
    list.add(in_params("out_proj.weight", output, {features, features}, {1, features}));
    list.add(optional(in_params("out_proj.bias", output + features * features, {features}, {1})));
  }
};

}  // namespace exchange
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
