#pragma once

#include <cstdint>

#include <mica/rng.hpp>

namespace mica::models {

// Draws: random numbers one after the other, for things that need more or fewer of them.
class Draws {
 public:
  explicit Draws(Random random) : random_(random) {}

  // Evenly in [low, high).
  float between(float low, float high) { return low + (high - low) * random_.uniform(next_++); }
  // A whole number in [0, bound).
  int below(int bound) { return static_cast<int>(random_.below(static_cast<std::uint32_t>(bound), next_++)); }
  bool chance(float probability) { return random_.uniform(next_++) < probability; }

 private:
  Random random_;
  std::uint32_t next_ = 0;
};

}  // namespace mica::models
