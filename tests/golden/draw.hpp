// The numbers that the golden files were computed from, drawn again by the same formula as in tools/golden/common.py.
#pragma once

#include <cstdint>

namespace golden {

// Draw: number i of (seed, stream) is a multiple of 2^-15 in [-1, 1), times scale, plus offset.
struct Draw {
  std::uint32_t seed, stream;
  float scale = 1, offset = 0;

  float operator()(std::uint32_t index) const {
    std::uint32_t h = index * 0x9e3779b1u + seed * 0x85ebca77u + stream * 0xc2b2ae3du;
    h = (h ^ h >> 15) * 0x2c1b3c6du;
    h = (h ^ h >> 12) * 0x297a2d39u;
    h ^= h >> 15;
    return static_cast<float>(static_cast<int>(h & 0xffff) - 32768) / 32768 * scale + offset;
  }
  template <class T>
  void fill(int count, T* to) const {
    for (int i = 0; i < count; ++i) to[i] = static_cast<T>((*this)(static_cast<std::uint32_t>(i)));
  }
};

template <class... Case>
struct Cases {
  // Calls f(Case{}) for each.
  template <class Function>
  static void each(Function f) {
    (f(Case{}), ...);
  }
};

}  // namespace golden
