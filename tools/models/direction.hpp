#pragma once

#include "wave.hpp"

namespace mica::models {

// Direction: how far a point lies along and across a line through the origin, `turns` away from the x axis.
struct Direction {
  float cosine_of, sine_of;
  explicit Direction(float turns) : cosine_of(cosine(turns)), sine_of(sine(turns)) {}
  float along(float x, float y) const { return cosine_of * x + sine_of * y; }
  float across(float x, float y) const { return cosine_of * y - sine_of * x; }
};

}  // namespace mica::models
