#pragma once

#include <mica/namespace.hpp>
#include <mica/shape.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// Tensor: fixed-size numbers in row-major order, owned, without heap.
// Shape: extents..., the last one varies fastest. Memory: sizeof(T) times the product of the extents.
template <class T, int... extents>
struct Tensor {
  using Value = T;
  using Extents = Shape<extents...>;
  static constexpr int size = Extents::size;

  T values[Extents::size];

  constexpr T* data() { return values; }
  constexpr const T* data() const { return values; }
  constexpr T& operator[](int flat) { return values[flat]; }
  constexpr const T& operator[](int flat) const { return values[flat]; }

  // Element at a full set of indices, for instance image(row, column, channel).
  template <class... Index>
  constexpr T& operator()(Index... index) {
    return values[offset(index...)];
  }
  template <class... Index>
  constexpr const T& operator()(Index... index) const {
    return values[offset(index...)];
  }

 private:
  template <class... Index>
  static constexpr int offset(Index... index) {
    static_assert(sizeof...(index) == sizeof...(extents), "mica::Tensor: one index per extent is needed.");
    int flat = 0;
    if constexpr (sizeof...(index) == sizeof...(extents)) {
      ((flat = flat * extents + static_cast<int>(index)), ...);
    }
    return flat;
  }
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
