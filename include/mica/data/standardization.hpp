#pragma once

#include <cstdint>

#include <mica/assert.hpp>
#include <mica/namespace.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// Standardization: turns the bytes of an image into numbers with mean 0 and deviation 1.
//
//   x = (byte / 255 - mean) / deviation, computed as one fused multiply-add: x = byte * factor + shift
//   factor = 1 / (255 * deviation)    shift = -mean / deviation    (each operation rounded to float)
//
// The deviation must be above 0. Memory: 8 bytes.
class Standardization {
 public:
  constexpr Standardization(float mean, float deviation)
      : factor_(1.0f / (255.0f * deviation)), shift_(-mean / deviation) {
    MICA_ASSERT(deviation > 0.0f);
  }

  // x[i] of pixels[i] for i < n. The pixels may lie in the last n bytes of x: then no second buffer is needed.
  void apply(int n, const std::uint8_t* pixels, float* x) const;

  // What becomes of the byte 0.
  constexpr float black() const { return shift_; }
  constexpr float factor() const { return factor_; }
  constexpr float shift() const { return shift_; }

 private:
  float factor_, shift_;
};

// Where the pixels of a sample wait, in the last n of its 4 n bytes, until apply() spreads them out.
inline std::uint8_t* pixels_inside(float* sample, int n) {
  return reinterpret_cast<std::uint8_t*>(sample) + (sizeof(float) - 1) * static_cast<unsigned>(n);
}

// The mean and the deviation of the training images of MNIST, rounded as the field quotes them.
constexpr Standardization mnist_standardization{0.1307f, 0.3081f};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
