// Indices that the golden files were computed from, drawn as in tools/golden/recurrent.py.
#pragma once

#include <tests/golden/draw.hpp>

namespace golden {

// Indices: number i of (seed, stream) as a whole number from 0 to bound - 1.
struct Indices {
  std::uint32_t seed, stream;
  int bound;

  template <class T>
  void fill(int count, T* to) const {
    const Draw draw{seed, stream};
    for (int i = 0; i < count; ++i) {
      const float share = (draw(static_cast<std::uint32_t>(i)) + 1) / 2;
      to[i] = static_cast<T>(static_cast<int>(share * static_cast<float>(bound)));
    }
  }
};

}  // namespace golden
