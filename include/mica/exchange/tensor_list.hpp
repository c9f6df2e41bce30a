#pragma once

#include <initializer_list>

#include <mica/exchange/named_tensor.hpp>
#include <mica/exchange/order.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace exchange {

// A tensor of this shape whose elements lie `strides` apart in Mica, from number `offset` of the layer's Params on.
constexpr NamedTensor in_params(const char* suffix, int offset, std::initializer_list<int> shape,
                                std::initializer_list<int> strides) {
  NamedTensor tensor;
  tensor.suffix = suffix;
  tensor.first = offset;
  for (const int extent : shape) tensor.extents[tensor.rank] = tensor.shape[tensor.rank] = extent, ++tensor.rank;
  for (const int stride : strides) tensor.strides[tensor.steps++] = stride;
  return tensor;
}
constexpr NamedTensor in_stats(const char* suffix, int offset, std::initializer_list<int> shape,
                               std::initializer_list<int> strides) {
  NamedTensor tensor = in_params(suffix, offset, shape, strides);
  tensor.in_statistics = true;
  return tensor;
}
constexpr NamedTensor optional(NamedTensor tensor) {
  tensor.optional = true;
  return tensor;
}

// The same tensor where its last extent counts the numbers of a sample, which PyTorch has in another order.
constexpr NamedTensor in_order(Order order, NamedTensor tensor) {
  if (order.same()) return tensor;
  const int last = tensor.steps - 1, stride = tensor.strides[last];
  tensor.extents[last] = order.channels;
  tensor.strides[last] = stride;
  tensor.extents[last + 1] = order.pixels;
  tensor.strides[last + 1] = stride * order.channels;
  ++tensor.steps;
  return tensor;
}

// LayerPlace: where a walk through a network stands, layer by layer in the order of memory.
struct LayerPlace {
  // Where the present layer's numbers begin. A Frozen layer's parameters are statistics, in front of its own.
  int parameters = 0, statistics = 0;
  bool frozen = false;
  int frozen_parameters = 0;

  std::int16_t path[NamedTensor::most_levels] = {};
  std::int16_t levels = 0;
  bool orders_meet = true;  // whether PyTorch puts paths side by side together as Mica does

  constexpr void enter(int number) { path[levels++] = static_cast<std::int16_t>(number); }
  constexpr void leave() { --levels; }

  // The present layer's tensor as one of the network.
  constexpr NamedTensor placed(NamedTensor tensor) const {
    const int shift = tensor.in_statistics ? statistics + frozen_parameters : frozen ? statistics : parameters;
    tensor.first += shift;
    tensor.added_first += shift;
    tensor.in_statistics = tensor.in_statistics || frozen;
    for (int i = 0; i < levels; ++i) tensor.path[i] = path[i];
    tensor.levels = levels;
    return tensor;
  }
};

// TensorList: collects the tensors of a network, or only counts them where capacity is 0.
template <int capacity>
struct TensorList : LayerPlace {
  NamedTensor tensors[capacity > 0 ? capacity : 1] = {};
  int size = 0;

  constexpr void add([[maybe_unused]] const NamedTensor& tensor) {
    if constexpr (capacity > 0) tensors[size] = placed(tensor);
    ++size;
  }
};

}  // namespace exchange
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
