#pragma once

#include "picture.hpp"
#include "wave.hpp"

namespace mica::models {

// A picture of several curves, one above the other, from `length` points of `curves` numbers each. Every curve has a
// strip of `height` rows, in the middle of which lies its mean; `range` reaches to the edge. `points` neighbours share a
// column.
inline Picture plot(const float* values, int length, int curves, int points, int height, float range) {
  Picture picture{curves * height, length / points, {}};
  picture.pixels.resize(static_cast<std::size_t>(picture.height * picture.width));
  const auto mean = [&](int curve, int first, int count) {
    float sum = 0.0f;
    for (int i = first; i < first + count; ++i) sum += values[i * curves + curve];
    return sum / static_cast<float>(count);
  };
  for (int curve = 0; curve < curves; ++curve) {
    const float middle = mean(curve, 0, length);
    int before = -1;
    for (int x = 0; x < picture.width; ++x) {
      const float share = (mean(curve, x * points, points) - middle) / range;
      const int row =
          static_cast<int>(0.5f * static_cast<float>(height - 1) * (1.0f - limited(share, -1.0f, 1.0f)) + 0.5f);
      // A line that begins beside the row of the column before.
      const int beside = before < 0 || before == row ? row : before < row ? before + 1 : before - 1;
      for (int y = beside < row ? beside : row; y <= (beside < row ? row : beside); ++y) {
        picture.pixels[static_cast<std::size_t>((curve * height + y) * picture.width + x)] = 255;
      }
      before = row;
    }
  }
  return picture;
}

}  // namespace mica::models
