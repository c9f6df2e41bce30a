#pragma once

#include <mica/layers/same_numbers.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// Reshape: the same numbers under other extents, for instance a row as an image: Reshape<7, 7, 16> behind Dense<784>.
//   y = x,   dx = dy
// Shape: any -> [extents...]. Params, Stats, Cache: none; works in place, where it does nothing at all.
// Memory: none; only at either end of a network it copies.
// Errors: extents that do not hold as many numbers as the input do not compile.
template <int... extents>
struct Reshape {
  static_assert(sizeof...(extents) > 0 && ((extents > 0) && ...), "mica::Reshape: every extent must be at least 1.");

  template <class Input, class T = float>
  struct On : SameNumbers<On<Input, T>, Input, Shape<extents...>, T> {
    static_assert(Shape<extents...>::size == Input::size,
                  "mica::Reshape: the extents must hold as many numbers as the input does.");
  };

  template <class Writer>
  static constexpr void describe(Writer& writer) {
    int dimension = 0;
    writer << "Reshape<";
    ((writer << (dimension++ == 0 ? "" : ", ") << extents), ...);
    writer << ">";
  }
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
