#pragma once

#include <cstdint>

#include <mica/namespace.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// Random: a counter-based generator. Every number is a function of (seed, streams, index) alone, so any port, batch split
// or order of evaluation draws the same numbers and nothing has to be stored to draw them again.
//
//   block(key, counter) = Threefry-2x32 with 20 rounds, 64 bits out
//   fork(stream)        = the generator whose key is block(key, (stream, 1))
//   element i           = word (i / 32) mod 2 of block(key, (32 (i / 64) + i mod 32, 0))
//
// The layout of the elements lets any port with up to 32 lanes fill a vector from both words.
// Memory: 8 bytes. Paper: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011,
// doi:10.1145/2063384.2063405.
class Random {
 public:
  struct Block {
    std::uint32_t first, second;
  };

  constexpr explicit Random(std::uint64_t seed)
      : key_{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)} {}

  constexpr std::uint64_t seed() const { return key_.first | static_cast<std::uint64_t>(key_.second) << 32; }

  // An independent generator for a purpose, a layer, a step, ...
  constexpr Random fork(std::uint32_t stream) const {
    const Block key = block({stream, 1});
    return Random(key.first | static_cast<std::uint64_t>(key.second) << 32);
  }

  // Element `index`: 32 random bits.
  constexpr std::uint32_t bits(std::uint32_t index) const {
    const Block both = block({32 * (index / 64) + index % 32, 0});
    return (index / 32) % 2 == 0 ? both.first : both.second;
  }
  // Element `index` as a number in [0, 1), a multiple of 2^-24.
  constexpr float uniform(std::uint32_t index) const { return static_cast<float>(bits(index) >> 8) * 0x1p-24f; }
  // Element `index` as an integer in [0, bound).
  constexpr std::uint32_t below(std::uint32_t bound, std::uint32_t index) const {
    return static_cast<std::uint32_t>(static_cast<std::uint64_t>(bits(index)) * bound >> 32);
  }

  constexpr Block block(Block counter) const {
    const std::uint32_t keys[] = {key_.first, key_.second, key_.first ^ key_.second ^ parity};
    std::uint32_t a = counter.first + keys[0];
    std::uint32_t b = counter.second + keys[1];
    for (std::uint32_t group = 0; group < 5; ++group) {
      for (int round = 0; round < 4; ++round) {
        a += b;
        b = rotate(b, rotations[group % 2][round]) ^ a;
      }
      a += keys[(group + 1) % 3];
      b += keys[(group + 2) % 3] + group + 1;
    }
    return {a, b};
  }

  static constexpr std::uint32_t parity = 0x1bd11bda;
  static constexpr int rotations[2][4] = {{13, 15, 26, 6}, {17, 29, 16, 24}};

 private:
  static constexpr std::uint32_t rotate(std::uint32_t x, int by) { return x << by | x >> (32 - by); }

  Block key_;
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
