// Curves that generators draw with, from plain arithmetic alone: the same bits on every machine.
#pragma once

namespace mica::models {

// sin(2 pi turns), wrong by at most 4e-6; turns is below 2^22 in magnitude.
inline float sine(float turns) {
  // The nearest whole number of turns is taken away, then what is beyond a quarter is folded back.
  float x = turns - static_cast<float>(static_cast<int>(turns + (turns < 0.0f ? -0.5f : 0.5f)));
  x = x > 0.25f ? 0.5f - x : x < -0.25f ? -0.5f - x : x;
  // The Taylor series of sin(2 pi x) up to x^9.
  const float square = x * x;
  return x *
         (6.2831853f + square * (-41.341702f + square * (81.605249f + square * (-76.705860f + square * 42.058694f))));
}
inline float cosine(float turns) { return sine(turns + 0.25f); }

// A bell of height 1 around 0 that ends at -1 and 1: (1 - x^2)^2.
inline float bell(float x) {
  const float rest = 1.0f - x * x;
  return rest > 0.0f ? rest * rest : 0.0f;
}

inline float mixed(float from, float to, float share) { return from + (to - from) * share; }
inline float limited(float x, float low, float high) { return x < low ? low : x > high ? high : x; }
inline float larger(float a, float b) { return a > b ? a : b; }
inline float magnitude(float x) { return x < 0.0f ? -x : x; }

}  // namespace mica::models
