#pragma once

#include <initializer_list>

#include <mica/layer.hpp>
#include <mica/namespace.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// Where the values at one boundary of a chain live: in the caller's x or y, in the memory that is kept from forward for
// backward, or in one of two buffers that take turns. Offsets are in numbers per sample.
struct Place {
  enum Owner { input, output, kept, turns };
  Owner owner;
  int offset;
};

// ChainPlan: decides at compile time which boundaries of a chain share memory. Boundary i lies in front of layer i;
// boundary 0 is the caller's x (or dx), boundary L the caller's y (or dy). Neighbours share where a layer works in place.
//   forward   the values in training: those that backward will read are kept, the others take turns
//   infer     the values at test time: all take turns
//   gradient  the gradients during backward: likewise, or in place of values that were kept, once nothing reads them any
//             more; not inside another layer, whose own backward may be asked for twice
// Backward visits the layers from the last down to first_backward: all of them where the gradient of x is wanted, else
// down to the lowest that has something to learn.
// Memory: none; constexpr.
template <bool input_gradient, class InputShape, class... Bound>
struct ChainPlan {
  struct Properties {
    bool in_place, keeps_values, changes_dy, dx_over_x, needs_input, needs_output, trains_differently;
    int parameters;
    Activation activation;
  };
  static constexpr int layers = static_cast<int>(sizeof...(Bound));
  static constexpr Properties properties[layers] = {
      {Bound::in_place, Bound::keeps_values, Bound::changes_dy, Bound::dx_over_x, Bound::needs_input,
       Bound::needs_output, Bound::trains_differently, parameter_count<Bound>, Bound::activation}...};
  static constexpr int sizes[layers + 1] = {InputShape::size, Bound::Output::size...};

  // The lowest layer that has something to learn.
  static constexpr int first_trained() {
    for (int i = 0; i < layers; ++i) {
      if (properties[i].parameters > 0) return i;
    }
    return layers;
  }
  static constexpr int first_backward = input_gradient ? 0 : first_trained();
  // Whether forward of layer i may as well be infer: nothing will ask for its way back.
  static constexpr bool only_infers(int i) { return i < first_backward && !properties[i].trains_differently; }
  // Whether backward of layer i writes over its dy.
  static constexpr bool changes_dy(int i) { return properties[i].in_place || properties[i].changes_dy; }

  struct Sharing {
    bool layer[layers];  // boundaries i and i + 1 share memory
    bool output_read;    // backward reads the memory of boundary L
  };
  // At test time, and for gradients.
  static constexpr Sharing in_place() {
    Sharing sharing{};
    for (int i = 1; i < layers; ++i) sharing.layer[i] = properties[i].in_place;
    return sharing;
  }
  // In training a layer must not write over what backward reads, unless it leaves the values as they are.
  static constexpr Sharing in_place_but_kept() {
    Sharing sharing{};
    bool read_by_last = first_backward == 0 && properties[0].needs_output;  // what lies in front of layer i
    for (int i = 1; i < layers; ++i) {
      const bool visited = i >= first_backward;
      const bool read = read_by_last || (visited && properties[i].needs_input);
      sharing.layer[i] = properties[i].in_place && (properties[i].keeps_values || !read);
      read_by_last = (visited && properties[i].needs_output) || (sharing.layer[i] && read);
    }
    sharing.output_read = read_by_last;
    return sharing;
  }
  // Whether backward reads the values at boundary i.
  static constexpr bool read_by_backward(int i) {
    return (i < layers && i >= first_backward && properties[i].needs_input) ||
           (i > first_backward && properties[i - 1].needs_output);
  }

  struct Layout {
    Place places[layers + 1];
    int kept, turns;
  };
  // Places that a boundary's group may take without further ado.
  struct Vacancies {
    Place places[layers + 1];
    bool free[layers + 1];
  };
  // Boundaries from `first` on, in groups that share memory.
  static constexpr Layout lay_out(Sharing sharing, int first, bool keep, const Vacancies& vacancies) {
    Layout layout{};
    layout.places[0] = {Place::input, 0};
    int last = layers;  // the first boundary of the group that ends in the caller's y
    while (last > 1 && sharing.layer[last - 1]) --last;
    for (int i = last; i <= layers; ++i) layout.places[i] = {Place::output, 0};

    int buffers[2] = {0, 0};
    int turn = 1, end = 0;
    for (int begin = 1; begin < last; begin = end) {
      bool kept = false;
      for (end = begin; end == begin || sharing.layer[end - 1]; ++end) {
        kept = kept || (keep && read_by_backward(end));
      }
      if (end <= first) continue;
      Place place{Place::kept, layout.kept};
      if (kept) {
        layout.kept += sizes[begin];
      } else if (vacancies.free[end - 1]) {
        place = vacancies.places[end - 1];
      } else {
        turn = 1 - turn;
        place = {Place::turns, turn};
        buffers[turn] = sizes[begin] > buffers[turn] ? sizes[begin] : buffers[turn];
      }
      for (int i = begin; i < end; ++i) layout.places[i] = place;
    }
    for (int i = 1; i < last; ++i) {
      if (layout.places[i].owner == Place::turns) layout.places[i].offset *= buffers[0];
    }
    layout.turns = buffers[0] + buffers[1];
    return layout;
  }

  static constexpr Layout forward = lay_out(in_place_but_kept(), 1, true, Vacancies{});
  static constexpr Layout infer = lay_out(in_place(), 1, false, Vacancies{});

  // A gradient may lie where the values at boundary i are kept, from the backward of layer i on, if no backward but that
  // one reads them, and it may write dx over x.
  static constexpr bool read_last_by(int i) {
    const Place kept = forward.places[i];
    if (i >= layers || kept.owner != Place::kept) return false;
    if (properties[i].needs_input && !properties[i].dx_over_x) return false;
    for (int j = i; j > 0 && forward.places[j].owner == kept.owner && forward.places[j].offset == kept.offset; --j) {
      if (j < i && j >= first_backward && properties[j].needs_input) return false;
      if (j > first_backward && properties[j - 1].needs_output) return false;
    }
    return true;
  }
  static constexpr Vacancies values_no_longer_read() {
    Vacancies vacancies{};
    for (int i = 1; i < layers && !input_gradient; ++i) {
      vacancies.places[i] = forward.places[i];
      vacancies.free[i] = read_last_by(i);
    }
    return vacancies;
  }
  static constexpr Layout gradient = lay_out(in_place(), first_backward + 1, false, values_no_longer_read());

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
