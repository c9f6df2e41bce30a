// Draws lines with round ends into an image of bytes.
#pragma once

#include <cstdint>

#include <mica/namespace.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// In pixels; (0, 0) is the upper left corner of the image, (0.5, 0.5) the middle of its first pixel.
struct Position {
  float x, y;
};

// Canvas: a black image and a pen of one thickness and brightness. A pixel's value falls from full ink to black over
// the last pixel of distance from the line; where lines meet, the brighter one stays. Only plain arithmetic and square
// roots, so every machine draws the same bytes. Memory: 24 bytes.
class Canvas {
 public:
  Canvas(int height, int width, float radius, float ink, std::uint8_t* pixels);

  void line(Position from, Position to) const;

 private:
  std::uint8_t* pixels_;
  int height_, width_;
  float outer_;  // the distance at which a line's light ends
  float ink_;
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
