#pragma once

#include <mica/assert.hpp>
#include <mica/data/augmentation.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// Cutout: covers a square of size x size pixels, in all channels: Cutout{8}. Its middle is drawn evenly from all
// pixels, so that a part of it may lie outside; it begins size / 2 pixels, rounded down, above and to the left of the
// middle. It becomes `value`, by default 0, the mean of standardised data. (torchvision's RandomErasing is alike.)
// Shape: an image. Memory: 8 bytes. Errors: a size of 0 or less (MICA_ASSERT); other shapes do not compile.
// Paper: DeVries, Taylor, 2017, arXiv:1708.04552.
class Cutout {
 public:
  constexpr explicit Cutout(int size, float value = 0) : size_(size), value_(value) { MICA_ASSERT(size > 0); }

  static constexpr bool needs_image = true;
  void change(ImageView image, Random random) const;

 private:
  int size_;
  float value_;
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
