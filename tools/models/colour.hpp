#pragma once

#include "draws.hpp"
#include "wave.hpp"

namespace mica::models {

// Colour: red, green and blue from 0 to 1.
struct Colour {
  float rgb[3];
};
inline Colour any_colour(Draws& draws) {
  Colour colour;
  for (float& value : colour.rgb) value = draws.between(0.0f, 1.0f);
  return colour;
}
inline float difference(const Colour& a, const Colour& b) {
  float sum = 0.0f;
  for (int c = 0; c < 3; ++c) sum += magnitude(a.rgb[c] - b.rgb[c]);
  return sum;
}
inline Colour between(const Colour& a, const Colour& b, float share) {
  Colour colour;
  for (int c = 0; c < 3; ++c) colour.rgb[c] = mixed(a.rgb[c], b.rgb[c], share);
  return colour;
}

}  // namespace mica::models
