#pragma once

#include <mica/exchange/tensor_list.hpp>
#include <mica/layer.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace exchange {

// TorchLayer: what PyTorch makes of a layer. Specialise it for a layer of your own that has parameters or statistics:
//   template <>
//   struct mica::exchange::TorchLayer<Scale> : mica::exchange::LayerLikeTorch<Scale> {
//     template <class Bound, class List>
//     static constexpr void tensors(List& list, Order) {
//       list.add(in_params("weight", 0, {Bound::channels}, {1}));
//     }
//   };
//   tensors<Bound>(list, order)   lists its tensors; order is that of the input
//   order<Bound>(order)           the order of the output
//   wants<Input>                  in which order it wants its input
//   modules<Input>                how many modules it is in a torch.nn.Sequential; its tensors belong to the last one
template <class Layer>
struct TorchLayer;

// The same module with the same numbers in the same order, if it has any.
template <class Layer>
struct LayerLikeTorch {
  template <class Input>
  static constexpr Wants wants = Wants::any;
  template <class Input>
  static constexpr int modules = 1;
  template <class Bound>
  static constexpr Order order(Order order) {
    if (Bound::Output::size == Bound::Input::size) return order;
    return Bound::Output::rank == 3 ? channels_first<typename Bound::Output>() : as_in_mica<typename Bound::Output>();
  }
  template <class Bound, class List>
  static constexpr void tensors(List&, Order) {
    static_assert(parameter_count<Bound> == 0 && statistic_count<Bound> == 0,
                  "mica::exchange: this layer has numbers, but nothing says what PyTorch calls them. Specialise "
                  "mica::exchange::TorchLayer for it.");
  }
};
template <class Layer>
struct TorchLayer : LayerLikeTorch<Layer> {};

// A layer whose output is an image, or a sequence along whose length it looks: channels first in PyTorch.
template <class Layer>
struct TorchImageLayer : LayerLikeTorch<Layer> {
  template <class Input>
  static constexpr Wants wants = Wants::channels_first;
  template <class Bound>
  static constexpr Order order(Order) {
    return channels_first<typename Bound::Output>();
  }
};

// A layer whose output PyTorch has in Mica's order.
template <class Layer>
struct TorchRowLayer : LayerLikeTorch<Layer> {
  template <class Input>
  static constexpr Wants wants = Wants::as_in_mica;
  template <class Bound>
  static constexpr Order order(Order) {
    return as_in_mica<typename Bound::Output>();
  }
};

// What the first of these layers wants that does not take both orders.
template <class Input, class... Layers>
struct FirstWish {
  static constexpr Wants value = Wants::any;
};
template <class Input, class First, class... Rest>
struct FirstWish<Input, First, Rest...> {
  static constexpr Wants own = TorchLayer<First>::template wants<Input>;
  static constexpr Wants value =
      own != Wants::any ? own : FirstWish<typename First::template On<Input, float>::Output, Rest...>::value;
};

// Layers one behind the other, numbered as in a torch.nn.Sequential.
template <class Input, class... Layers>
struct TorchChain {
  template <class List>
  static constexpr Order walk(List&, Order order, int = 0) {
    return order;
  }
};
template <class Input, class First, class... Rest>
struct TorchChain<Input, First, Rest...> {
  template <class List>
  static constexpr Order walk(List& list, Order order, int number = 0) {
    using Bound = typename First::template On<Input, float>;
    using Torch = TorchLayer<First>;
    constexpr int modules = Torch::template modules<Input>;
    const int parameters = list.parameters, statistics = list.statistics;
    list.enter(number + modules - 1);
    Torch::template tensors<Bound>(list, order);
    list.leave();
    list.parameters = parameters + parameter_count<Bound>;
    list.statistics = statistics + statistic_count<Bound>;
    return TorchChain<typename Bound::Output, Rest...>::walk(list, Torch::template order<Bound>(order),
                                                             number + modules);
  }
};

}  // namespace exchange
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
