#pragma once

#include <mica/data/standardization.hpp>
#include <mica/namespace.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// Distortion: how much synthetic digits differ from each other. A range r stands for a number drawn between -r and r,
// small ones more often (a triangular distribution). Lengths are shares of the image's height. No member may be
// negative, and ink and noise are at most 1. Memory: 44 bytes.
struct Distortion {
  float height;           // of the digit, on average
  float scale;            // range of the relative size
  float stretch;          // range of the relative width, beside the size
  float shift;            // range of the position, across and down
  float slant;            // range of the shear: sideways per height
  float rotation;         // range of the angle, in radians where it is small
  float jitter;           // range of each control point, as a share of the digit's height
  float thickness;        // half the width of a stroke, on average
  float thickness_range;  // range of that, relative
  float ink;              // 0.3 draws with 70 % to 100 % of white, evenly
  float noise;            // what is added to each pixel, evenly from minus to plus this share of white

  // What makes the digits hard for a linear model and leaves them clear to a person: for images below 16 pixels of
  // height, and for larger ones.
  static constexpr Distortion for_height(int height) { return height < 16 ? coarse() : fine(); }
  static constexpr Distortion coarse() {
    return {0.75f, 0.2f, 0.2f, 0.14f, 0.4f, 0.35f, 0.06f, 0.07f, 0.4f, 0.4f, 0.1f};
  }
  static constexpr Distortion fine() {
    return {0.7f, 0.2f, 0.25f, 0.14f, 0.5f, 0.4f, 0.085f, 0.06f, 0.45f, 0.3f, 0.12f};
  }
};

// The mean and the deviation, measured over 200,000 digits, of what these amounts give at 8x8 and at 28x28.
constexpr Standardization digit_standardization(int height) {
  return height < 16 ? Standardization{0.198f, 0.263f} : Standardization{0.18f, 0.304f};
}

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
