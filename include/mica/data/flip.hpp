#pragma once

#include <mica/data/augmentation.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// HorizontalFlip: exchanges left and right with the given probability. (torchvision's RandomHorizontalFlip.)
// Memory: 4 bytes.
struct HorizontalFlip {
  float probability = 0.5f;

  constexpr void move(AffineMap& map, Random random) const {
    if (random.uniform(0) < probability) map.flip_horizontally();
  }
};

// VerticalFlip: exchanges top and bottom with the given probability. (torchvision's RandomVerticalFlip.)
// Memory: 4 bytes.
struct VerticalFlip {
  float probability = 0.5f;

  constexpr void move(AffineMap& map, Random random) const {
    if (random.uniform(0) < probability) map.flip_vertically();
  }
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
