#pragma once

#include <cstdint>

#include <mica/assert.hpp>
#include <mica/data/augmentation.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// Shift: moves the image by whole pixels, down or up and to either side, each drawn evenly from -n ... n: Shift{2}, or
// Shift{2, 3} for rows and columns. (The "translate" of torchvision's RandomAffine; its RandomCrop with padding.)
// Memory: 8 bytes. Errors: a negative number of pixels (MICA_ASSERT).
class Shift {
 public:
  constexpr explicit Shift(int pixels) : Shift(pixels, pixels) {}
  constexpr Shift(int rows, int columns) : rows_(rows), columns_(columns) { MICA_ASSERT(rows >= 0 && columns >= 0); }

  constexpr void move(AffineMap& map, Random random) const {
    map.shift(static_cast<float>(drawn(random, 0, rows_)), static_cast<float>(drawn(random, 1, columns_)));
  }

 private:
  static constexpr int drawn(Random random, std::uint32_t element, int most) {
    return static_cast<int>(random.below(2 * static_cast<std::uint32_t>(most) + 1, element)) - most;
  }
  int rows_, columns_;
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
