// Layers made of layers. Each of their paths is a torch.nn.Sequential with a number of its own.
#pragma once

#include <mica/exchange/torch_layer.hpp>
#include <mica/layers/concat.hpp>
#include <mica/layers/frozen.hpp>
#include <mica/layers/residual.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace exchange {

// Path 0 is f, path 1 what goes around it.
template <class... Around, class... Layers>
struct TorchLayer<Residual<Shortcut<Around...>, Layers...>> : LayerLikeTorch<Residual<Shortcut<Around...>, Layers...>> {
  template <class Input>
  static constexpr Wants wants = FirstWish<Input, Layers...>::value;
  template <class Bound>
  static constexpr Order order(Order order) {
    TensorList<0> list;
    return TorchChain<typename Bound::Input, Layers...>::walk(list, order);
  }
  template <class Bound, class List>
  static constexpr void tensors(List& list, Order order) {
    using Input = typename Bound::Input;
    list.enter(0);
    const Order f = TorchChain<Input, Layers...>::walk(list, order);
    list.leave();
    list.enter(1);
    const Order p = TorchChain<Input, Around...>::walk(list, order);
    list.leave();
    list.orders_meet = list.orders_meet && f.pixels == p.pixels && f.first == p.first;
  }
};
template <class... Layers>
struct TorchLayer<Residual<Layers...>> : TorchLayer<Residual<Shortcut<>, Layers...>> {};

template <class Input, class... Branches>
struct WishOfFirst;
template <class Input, class... Layers, class... Others>
struct WishOfFirst<Input, Branch<Layers...>, Others...> : FirstWish<Input, Layers...> {};

// Branches are numbered from 0.
template <class... Branches>
struct TorchLayer<Concat<Branches...>> : LayerLikeTorch<Concat<Branches...>> {
  template <class Input>
  static constexpr Wants wants = WishOfFirst<Input, Branches...>::value;
  template <class Bound>
  static constexpr Order order(Order order) {
    TensorList<0> list;
    const Order orders[] = {walk_branch<typename Bound::Input>(static_cast<Branches*>(nullptr), list, order)...};
    return orders[0].first && Bound::Output::rank > 1 ? channels_first<typename Bound::Output>()
                                                      : as_in_mica<typename Bound::Output>();
  }
  template <class Bound, class List>
  static constexpr void tensors(List& list, Order order) {
    int number = 0;
    Order orders[sizeof...(Branches)] = {};
    ((orders[number] = add_branch<typename Bound::Input>(static_cast<Branches*>(nullptr), list, order, number),
      ++number),
     ...);
    for (const Order& its : orders) {
      const bool flattened_image = Bound::Output::rank == 1 && !its.same();
      list.orders_meet = list.orders_meet && its.first == orders[0].first && !flattened_image;
    }
  }

 private:
  template <class Input, class... Layers, class List>
  static constexpr Order walk_branch(Branch<Layers...>*, List& list, Order order) {
    return TorchChain<Input, Layers...>::walk(list, order);
  }
  template <class Input, class Which, class List>
  static constexpr Order add_branch(Which* branch, List& list, Order order, int number) {
    list.enter(number);
    const Order its = walk_branch<Input>(branch, list, order);
    list.leave();
    return its;
  }
};

// The layer's own names; its numbers lie among the statistics.
template <class Layer>
struct TorchLayer<Frozen<Layer>> : LayerLikeTorch<Frozen<Layer>> {
  template <class Input>
  static constexpr Wants wants = TorchLayer<Layer>::template wants<Input>;
  template <class Input>
  static constexpr int modules = TorchLayer<Layer>::template modules<Input>;
  template <class Bound>
  static constexpr Order order(Order order) {
    return TorchLayer<Layer>::template order<typename Bound::Inner>(order);
  }
  template <class Bound, class List>
  static constexpr void tensors(List& list, Order order) {
    list.frozen = true;
    list.frozen_parameters = parameter_count<typename Bound::Inner>;
    TorchLayer<Layer>::template tensors<typename Bound::Inner>(list, order);
    list.frozen = false;
    list.frozen_parameters = 0;
  }
};
template <class... Layers>
struct TorchLayer<Frozen<Residual<Layers...>>> : TorchLayer<Residual<typename FrozenLayer<Layers>::Type...>> {};
template <class... Branches>
struct TorchLayer<Frozen<Concat<Branches...>>> : TorchLayer<Concat<typename FrozenLayer<Branches>::Type...>> {};
template <class Layer>
struct TorchLayer<Frozen<Frozen<Layer>>> : TorchLayer<Frozen<Layer>> {};

}  // namespace exchange
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
