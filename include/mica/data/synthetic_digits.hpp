#pragma once

#include <cstdint>

#include <mica/data/distortion.hpp>
#include <mica/data/standardization.hpp>
#include <mica/namespace.hpp>
#include <mica/rng.hpp>
#include <mica/shape.hpp>
#include <mica/status.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// The class of digit `index`: in every ten digits that begin at a multiple of ten, each class comes once.
std::uint8_t digit_label(Random random, std::uint32_t index);

// Draws digit `index` with strokes, white on black, into height * width pixels, rows first, and returns its class.
// Label and pixels are functions of the generator and the index alone, and the same bytes on every machine.
// The digits are meant for 8x8 and 28x28; every other size from 1x1 works.
// Memory: about 400 bytes of stack, and of flash 400 bytes of strokes and less than 3 KB of code.
std::uint8_t draw_digit(Random random, std::uint32_t index, int height, int width, const Distortion& distortion,
                        std::uint8_t* pixels);

// SyntheticDigits: digits drawn when they are asked for, as a dataset (see dataset.hpp). It needs no files, has as many
// samples as you like, and fits on a board.
// Shape: SampleShape is height x width x 1 or height x width. Memory: 64 bytes.
// Errors: an index outside the set.
template <class SampleShape>
class SyntheticDigits {
  static_assert(SampleShape::rank == 2 || (SampleShape::rank == 3 && SampleShape::extent(2) == 1),
                "mica::SyntheticDigits: the sample must be Shape<height, width, 1> or Shape<height, width>.");

 public:
  using Sample = SampleShape;
  static constexpr int height = SampleShape::extent(0);
  static constexpr int width = SampleShape::extent(1);

  constexpr SyntheticDigits(int size, Random random, Distortion distortion = Distortion::for_height(height),
                            Standardization standardization = digit_standardization(height))
      : random_(random), distortion_(distortion), standardization_(standardization), size_(size) {}

  // Two sets of one seed that share no digit.
  static constexpr SyntheticDigits training(int size, std::uint64_t seed) { return {size, Random(seed).fork(1)}; }
  static constexpr SyntheticDigits testing(int size, std::uint64_t seed) { return {size, Random(seed).fork(2)}; }

  int size() const { return size_; }
  constexpr float black() const { return standardization_.black(); }

  Status read(int index, float* sample, std::uint8_t& label) const {
    if (index < 0 || index >= size_) {
      Status::Message text;
      return Status::error(text << "Digit " << index << " was asked for, but there are " << size_ << '.');
    }
    std::uint8_t* pixels = pixels_inside(sample, SampleShape::size);
    label = draw_digit(random_, static_cast<std::uint32_t>(index), height, width, distortion_, pixels);
    standardization_.apply(SampleShape::size, pixels, sample);
    return {};
  }

 private:
  Random random_;
  Distortion distortion_;
  Standardization standardization_;
  int size_;
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
