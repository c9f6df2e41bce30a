#pragma once

#include <mica/namespace.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// Shape: the extents of one sample or tensor, known at compile time, slowest varying first (channels last).
// Memory: none; it is only a type.
template <int... extents>
struct Shape {
  static constexpr int rank = static_cast<int>(sizeof...(extents));
  static constexpr int size = (1 * ... * (extents > 0 ? extents : 1));

  static constexpr int extent(int dimension) {
    const int all[] = {extents..., 1};
    return all[dimension];
  }

  // Writes "28x28x1".
  template <class Writer>
  static constexpr void describe(Writer& writer) {
    int dimension = 0;
    ((writer << (dimension++ == 0 ? "" : "x") << extents), ...);
  }

  static_assert(((extents > 0) && ...), "mica::Shape: every extent must be at least 1.");
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
