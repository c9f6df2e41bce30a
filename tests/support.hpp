// What the tests of ports, kernels and engine share: bit patterns, test numbers, arrays between guards.
#pragma once

#include <cstdint>
#include <cstring>
#include <vector>

#include "../ports/native.hpp"

namespace tests {

using mica::ports::Native;
using mica::ports::Scalar;

// Without a fused multiply-add the results differ from other machines (MICA_EXACT=ON computes it in software).
#if MICA_FMA_HARDWARE || defined(MICA_EXACT)
constexpr bool fused = true;
#else
constexpr bool fused = false;
#endif

// Armv7 NEON and Helium take subnormal operands as zeros and give zeros for subnormal results.
constexpr bool flushes_subnormals = MICA_FLUSHES_SUBNORMALS != 0;

// Bare metal, which tests run on in an emulator: repetitions that only show the same bits once more are cut, and say so.
#ifdef MICA_ON_BOARD
constexpr bool on_board = true;
#else
constexpr bool on_board = false;
#endif

// Every operation on numbers is a function call: the longest tests are cut, and say so.
constexpr bool float_in_software = MICA_FLOAT_HARDWARE == 0;

inline std::uint32_t bits_of(float x) {
  std::uint32_t bits;
  std::memcpy(&bits, &x, sizeof bits);
  return bits;
}

inline float from_bits(std::uint32_t bits) {
  float x;
  std::memcpy(&x, &bits, sizeof x);
  return x;
}

inline bool is_nan(float x) { return (bits_of(x) & 0x7fffffff) > 0x7f800000; }
inline bool is_subnormal(float x) { return (bits_of(x) & 0x7f800000) == 0 && (bits_of(x) & 0x7fffff) != 0; }

// A hash as 16 digits: printf takes 64-bit numbers differently from one C library to the next.
struct Hex {
  char text[17] = {};
  explicit Hex(std::uint64_t hash) {
    for (int i = 0; i < 16; ++i) text[i] = "0123456789abcdef"[hash >> (60 - 4 * i) & 15];
  }
};

// Equal bits, where every NaN is as good as another: its sign and payload are the processor's business.
inline bool same(float a, float b) { return bits_of(a) == bits_of(b) || (is_nan(a) && is_nan(b)); }

// Numbers for tests, not from the library's own generator.
class Numbers {
 public:
  explicit Numbers(std::uint32_t seed) : state_(seed * 2654435761u + 1) {}
  std::uint32_t bits() {
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    return static_cast<std::uint32_t>(state_ >> 32);
  }
  int below(int bound) { return static_cast<int>(bits() % static_cast<std::uint32_t>(bound)); }
  // In [-1, 1).
  float even() { return static_cast<float>(static_cast<std::int32_t>(bits())) * 0x1p-31f; }
  // Of many magnitudes, but such that no product of a few of them leaves the normal numbers.
  float wide() { return even() * from_bits(static_cast<std::uint32_t>(127 - 8 + below(16)) << 23); }

 private:
  std::uint64_t state_;
};

// `count` numbers `offset` numbers behind the start of an array, between guards that must stay as they are.
class Guarded {
 public:
  explicit Guarded(int count, int offset = 0)
      : count_(count), first_(zone + offset), memory_(static_cast<std::size_t>(2 * zone + offset + count), guard()) {}

  float* data() { return memory_.data() + first_; }
  float& operator[](int i) { return data()[i]; }
  int size() const { return count_; }
  bool intact() const {
    for (int i = 0; i < static_cast<int>(memory_.size()); ++i) {
      const bool inside = i >= first_ && i < first_ + count_;
      if (!inside && bits_of(memory_[static_cast<std::size_t>(i)]) != bits_of(guard())) return false;
    }
    return true;
  }

 private:
  static constexpr int zone = 32;
  // A NaN, so that a guard that gets into a result is seen there.
  static float guard() { return from_bits(0x7fc0dead); }

  int count_, first_;
  std::vector<float> memory_;
};

}  // namespace tests
