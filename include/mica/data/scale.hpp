#pragma once

#include <mica/assert.hpp>
#include <mica/data/augmentation.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// Scale: makes the picture larger or smaller around its centre, by a factor drawn evenly from `from` to `to`:
// Scale{0.9f, 1.1f}. (The "scale" of torchvision's RandomAffine.)
// Memory: 8 bytes. Errors: a factor of 0 or less, or `from` above `to` (MICA_ASSERT).
class Scale {
 public:
  constexpr Scale(float from, float to) : from_(from), to_(to) { MICA_ASSERT(from > 0 && from <= to); }

  constexpr void move(AffineMap& map, Random random) const { map.scale(from_ + (to_ - from_) * random.uniform(0)); }

 private:
  float from_, to_;
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
