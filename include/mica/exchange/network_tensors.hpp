#pragma once

#include <mica/exchange/torch_composites.hpp>
#include <mica/exchange/torch_images.hpp>
#include <mica/exchange/torch_norms.hpp>
#include <mica/exchange/torch_sequences.hpp>
#include <mica/exchange/torch_weights.hpp>
#include <mica/sequential.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace exchange {

template <class Net>
struct TensorsOf;
template <class First, class... Layers>
struct TensorsOf<Sequential<First, Layers...>> {
  using Input = typename Sequential<First, Layers...>::Input;

  template <int capacity>
  static constexpr TensorList<capacity> listed() {
    TensorList<capacity> tensors;
    TorchChain<Input, Layers...>::walk(tensors, order_of_input<Input>(FirstWish<Input, Layers...>::value));
    return tensors;
  }
  static constexpr int count = listed<0>().size;
  static constexpr TensorList<count> list = listed<count>();
  static_assert(list.parameters == Sequential<First, Layers...>::parameters &&
                    list.statistics == Sequential<First, Layers...>::statistics,
                "mica::exchange: the walk through the layers has lost its place.");
  static_assert(list.orders_meet,
                "mica::exchange: a Residual or Concat puts flattened images together, or a sequence with an image, "
                "whose numbers PyTorch has in different orders. Put Flatten behind it.");
};

// The tensors of a network as PyTorch names and shapes them, in the order of Mica's memory: a table that the compiler
// works out. The network in PyTorch is a torch.nn.Sequential of the same layers, with nn.Flatten() in front of a Dense
// that is given an image and behind a GlobalAvgPool. See docs/pytorch.md.
template <class Net>
constexpr TensorNames network_tensors() {
  return {TensorsOf<Net>::list.tensors, TensorsOf<Net>::count};
}

}  // namespace exchange
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
