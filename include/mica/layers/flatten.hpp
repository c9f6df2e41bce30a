#pragma once

#include <mica/layers/same_numbers.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// Flatten: the same numbers as one row.
//   y = x,   dx = dy
// Dense takes any shape and needs no Flatten in front; this is for layers that look at the extents.
// Shape: any -> [its size]. Params, Stats, Cache: none; works in place, where it does nothing at all.
// Memory: none; only at either end of a network it copies.
struct Flatten {
  template <class Input, class T = float>
  struct On : SameNumbers<On<Input, T>, Input, Shape<Input::size>, T> {};

  template <class Writer>
  static constexpr void describe(Writer& writer) {
    writer << "Flatten";
  }
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
