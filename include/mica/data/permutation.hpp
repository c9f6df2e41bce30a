#pragma once

#include <cstdint>

#include <mica/namespace.hpp>
#include <mica/rng.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// Permutation: a random order of 0 ... size - 1 that needs no memory; every element is computed when it is asked for.
//
// The index is written as left + lefts * right with lefts = ceil(sqrt(size)) and rights = ceil(size / lefts). A Feistel
// network adds a random function of one half to the other, modulo the other's range:
//   left  = (left + random(round, right)) mod lefts,    then the same for right, in turns.
// Each round can be undone, so the whole is a bijection of lefts * rights >= size numbers. A result outside the range is
// sent through again until it is inside ("cycle walking"), which keeps it a bijection; fewer than lefts are outside, so
// this is rare. Six rounds, each one Threefry block; sixteen below 1024 elements, where fewer would prefer some orders.
//
// Memory: 20 bytes. Paper: Black, Rogaway, "Ciphers with arbitrary finite domains", CT-RSA 2002,
// doi:10.1007/3-540-45760-7_9.
class Permutation {
 public:
  constexpr Permutation(std::uint32_t size, Random random)
      : random_(random), size_(size), lefts_(root(size)), rights_(size / lefts_ + (size % lefts_ != 0 ? 1 : 0)) {}

  constexpr std::uint32_t size() const { return size_; }

  // Element `index` of the order; an index outside the range stays where it is.
  constexpr std::uint32_t operator()(std::uint32_t index) const {
    if (index >= size_) return index;
    do index = network(index);
    while (index >= size_);
    return index;
  }

 private:
  constexpr std::uint32_t network(std::uint32_t index) const {
    std::uint32_t right = index / lefts_;
    std::uint32_t left = index - right * lefts_;
    const std::uint32_t rounds = size_ < 1024 ? 16 : 6;
    for (std::uint32_t round = 0; round < rounds; round += 2) {
      left = shifted(left, lefts_, round, right);
      right = shifted(right, rights_, round + 1, left);
    }
    return left + lefts_ * right;
  }

  // (half + random(round, other)) mod range. Halves stay below 2^16, so every round has its own elements.
  constexpr std::uint32_t shifted(std::uint32_t half, std::uint32_t range, std::uint32_t round,
                                  std::uint32_t other) const {
    const std::uint32_t sum = half + random_.below(range, (round << 16) + other);
    return sum < range ? sum : sum - range;
  }

  // The smallest number of at least 1 whose square is at least `size`: at most 2^16.
  static constexpr std::uint32_t root(std::uint32_t size) {
    std::uint32_t below = 0;
    for (std::uint32_t bit = 1u << 15; bit != 0; bit >>= 1) {
      const std::uint32_t candidate = below | bit;
      if (candidate * candidate < size) below |= bit;
    }
    return below + 1;
  }

  Random random_;
  std::uint32_t size_, lefts_, rights_;
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
