#pragma once

#include "colour.hpp"
#include "direction.hpp"
#include "draws.hpp"
#include "wave.hpp"

namespace mica::models {

// TexturedObject: a disc, ring, square, triangle or cross (shape 0 to 4), striped or spotted in two colours that stand out
// from what is around. Coordinates are in pixels from the middle of the image.
struct TexturedObject {
  int shape;
  bool spotted;
  Colour one, other;
  Direction turned, pattern;
  float x0, y0, radius, stretch, period, phase;

  TexturedObject(Draws& draws, int its_shape, bool is_spotted, const Colour& around)
      : shape(its_shape),
        spotted(is_spotted),
        turned(draws.between(0.0f, 1.0f)),
        pattern(draws.between(0.0f, 1.0f)),
        x0(draws.between(-5.0f, 5.0f)),
        y0(draws.between(-5.0f, 5.0f)),
        radius(draws.between(8.0f, 12.0f)),
        stretch(draws.between(0.85f, 1.15f)),
        period(draws.between(3.5f, 5.5f)),
        phase(draws.between(0.0f, 1.0f)) {
    do one = any_colour(draws);
    while (difference(one, around) < 0.8f);
    do other = any_colour(draws);
    while (difference(other, around) < 0.5f || difference(other, one) < 0.8f);
  }

  // Stripes, or spots of one colour on the other.
  Colour at(float x, float y) const {
    const float u = pattern.along(x, y) / period + phase, v = pattern.across(x, y) / period;
    const float wave = spotted ? sine(u) + sine(v) - 0.3f : sine(u);
    return between(one, other, limited(0.5f + 2.0f * wave, 0.0f, 1.0f));
  }

  // 1 inside, 0 outside, in between along the edge.
  float coverage(float x, float y) const {
    const float u = turned.along(x - x0, y - y0) * stretch, v = turned.across(x - x0, y - y0);
    return limited(0.5f - beyond(u, v), 0.0f, 1.0f);
  }

  // How far a point lies outside the edge; negative inside.
  float beyond(float x, float y) const {
    const float far = __builtin_sqrtf(x * x + y * y), wide = magnitude(x), high = magnitude(y);
    const float arm = 0.35f * radius;
    switch (shape) {
      case 0:
        return far - radius;
      case 1:
        return magnitude(far - 0.75f * radius) - 0.28f * radius;
      case 2:
        return larger(wide, high) - 0.85f * radius;
      case 3:
        return larger(0.5f * y + 0.8660254f * wide, -y) - 0.6f * radius;
      default:
        return larger(larger(wide, high) - radius, (wide < high ? wide : high) - arm);
    }
  }
};

}  // namespace mica::models
