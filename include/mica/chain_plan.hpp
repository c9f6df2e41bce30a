#pragma once

#include <initializer_list>

#include <mica/layer.hpp>
#include <mica/namespace.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// Where the values at one boundary of a chain live: in the caller's x or y, or at an offset (in numbers per sample) of
// the chain's own memory.
struct Place {
  enum Owner { input, output, chain };
  Owner owner;
  int offset;
};

// ChainPlan: decides at compile time which boundaries of a chain share memory. Boundary i lies in front of layer i;
// boundary 0 is the caller's x (or dx), boundary L the caller's y (or dy). Neighbours share where a layer works in place.
//   kept      the values that forward leaves for backward: every group has its own memory
//   infer     the values at test time: groups take turns in two buffers
//   gradient  the gradients during backward: likewise two buffers
// Memory: none; constexpr.
template <class InputShape, class... Bound>
struct ChainPlan {
  struct Properties {
    bool in_place, changes_dy, needs_input, needs_output;
    int parameters;
    Activation activation;
  };
  static constexpr int layers = static_cast<int>(sizeof...(Bound));
  static constexpr Properties properties[layers] = {{Bound::in_place, Bound::changes_dy, Bound::needs_input,
                                                     Bound::needs_output, parameter_count<Bound>,
                                                     Bound::activation}...};
  static constexpr int sizes[layers + 1] = {InputShape::size, Bound::Output::size...};

  struct Layout {
    Place places[layers + 1];
    int total;
  };
  struct Sharing {
    bool layer[layers];  // boundaries i and i + 1 share memory
  };

  static constexpr Sharing in_place(bool keep) {
    Sharing sharing{};
    for (int i = 1; i < layers; ++i) {
      const bool read_again = properties[i].needs_input || properties[i - 1].needs_output;
      sharing.layer[i] = properties[i].in_place && !(keep && read_again);
    }
    return sharing;
  }

  // Groups of boundaries that share memory, each with its own place, or taking turns in two buffers.
  static constexpr Layout lay_out(Sharing sharing, bool take_turns) {
    Layout layout{};
    int last = layers;  // the first boundary of the group that ends in the caller's y
    while (last > 1 && sharing.layer[last - 1]) --last;
    int group_sizes[2] = {0, 0};
    int group = 1;
    for (int i = 1; i < last; ++i) {
      if (!sharing.layer[i - 1]) group = 1 - group;
      const int turn = take_turns ? group : 0;
      if (take_turns) {
        group_sizes[turn] = sizes[i] > group_sizes[turn] ? sizes[i] : group_sizes[turn];
        layout.places[i] = {Place::chain, turn};
      } else {
        if (!sharing.layer[i - 1]) group_sizes[0] += sizes[i];
        layout.places[i] = {Place::chain, group_sizes[0] - sizes[i]};
      }
    }
    for (int i = 1; take_turns && i < last; ++i) layout.places[i].offset *= group_sizes[0];
    for (int i = last; i <= layers; ++i) layout.places[i] = {Place::output, 0};
    layout.places[0] = {Place::input, 0};
    layout.total = group_sizes[0] + group_sizes[1];
    return layout;
  }

  static constexpr Layout kept = lay_out(in_place(true), false);
  static constexpr Layout infer = lay_out(in_place(false), true);
  static constexpr Layout gradient = lay_out(in_place(false), true);

  // Whether backward of layer i writes over its dy.
  static constexpr bool changes_dy(int i) { return properties[i].in_place || properties[i].changes_dy; }

  // The lowest layer that has something to learn; no gradient is needed below it unless the caller wants dx.
  static constexpr int first_trained() {
    for (int i = 0; i < layers; ++i) {
      if (properties[i].parameters > 0) return i;
    }
    return layers;
  }

  // The activation that follows layer i, or `next` if the chain ends first.
  static constexpr Activation activation_after(int i, Activation next) {
    for (++i; i < layers; ++i) {
      if (properties[i].activation.kind != Activation::transparent) return properties[i].activation;
    }
    return next;
  }
};

constexpr int largest(std::initializer_list<int> numbers) {
  int most = 0;
  for (const int number : numbers) most = number > most ? number : most;
  return most;
}

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
