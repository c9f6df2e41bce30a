#pragma once

#include <cstdint>
#include <vector>

namespace mica::models {

// Picture: an image to look at, rows first, with one channel (255 is ink) or three (red, green, blue). Empty where there
// is none.
struct Picture {
  int height = 0, width = 0;
  std::vector<std::uint8_t> pixels;
  int channels = 1;
};

// x as a byte: low and everything below becomes 0, high and everything above 255.
inline std::uint8_t brightness(float x, float low, float high) {
  const float share = (x - low) / (high - low);
  return static_cast<std::uint8_t>(255.0f * (share < 0.0f ? 0.0f : share > 1.0f ? 1.0f : share) + 0.5f);
}

}  // namespace mica::models
