#pragma once

#include <mica/layers/same_numbers.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// Identity: nothing at all.
//   y = x,   dx = dy
// Shape: any, kept. Params, Stats, Cache: none; works in place, where it does nothing. Memory: none.
struct Identity {
  template <class Input, class T = float>
  struct On : SameNumbers<On<Input, T>, Input, Input, T> {};

  template <class Writer>
  static constexpr void describe(Writer& writer) {
    writer << "Identity";
  }
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
