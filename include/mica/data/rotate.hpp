#pragma once

#include <cstdint>

#include <mica/assert.hpp>
#include <mica/data/augmentation.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// Rotate: turns the image around its centre by an angle drawn evenly: Rotate{15} from 15 degrees clockwise to 15
// counterclockwise, or Rotate{from, to} with counterclockwise positive. (torchvision's RandomRotation.)
// Angles are counted in 2^-32 of a turn; right angles are exact.
// Memory: 16 bytes. Errors: more than a turn (360 degrees), or `from` above `to` (MICA_ASSERT).
class Rotate {
 public:
  constexpr explicit Rotate(double degrees) : Rotate(-degrees, degrees) {}
  constexpr Rotate(double from, double to) : from_(in_turns(from)), to_(in_turns(to)) {
    MICA_ASSERT(from >= -360 && from <= to && to <= 360);
  }

  // The angle that is drawn, modulo a turn.
  constexpr std::uint32_t angle(Random random) const {
    const std::uint64_t range = static_cast<std::uint64_t>(to_ - from_);
    // The upper 32 bits of the product, below a range of up to two turns.
    const std::uint64_t drawn = ((range >> 16) * random.bits(0) >> 16) + ((range & 0xffff) * random.bits(0) >> 32);
    return static_cast<std::uint32_t>(static_cast<std::uint64_t>(from_) + drawn);
  }
  void move(AffineMap& map, Random random) const;

 private:
  static constexpr std::int64_t in_turns(double degrees) {
    const double turns = degrees * 0x1p32 / 360;
    return static_cast<std::int64_t>(turns < 0 ? turns - 0.5 : turns + 0.5);
  }
  std::int64_t from_, to_;
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
