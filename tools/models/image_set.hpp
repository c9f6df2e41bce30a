#pragma once

#include <cstdint>
#include <vector>

#include <mica/data/standardization.hpp>

#include "samples.hpp"

namespace mica::models {

// ImageSet: grey images of one size with their classes, kept in memory as bytes and standardised when they are read.
class ImageSet final : public Samples {
 public:
  ImageSet(int height, int width, Standardization standardization)
      : pixels_in_image_(height * width), standardization_(standardization) {}

  // Makes room for `count` images; what they show is then written through pixels() and label().
  void resize(int count);
  std::uint8_t* pixels(int index) { return pixels_.data() + offset(index); }
  std::uint8_t& label(int index) { return labels_[static_cast<std::size_t>(index)]; }

  int size() const override { return static_cast<int>(labels_.size()); }
  std::uint8_t label(int index) const override { return labels_[static_cast<std::size_t>(index)]; }
  Status read(int index, float* sample) const override;

 private:
  std::size_t offset(int index) const {
    return static_cast<std::size_t>(index) * static_cast<std::size_t>(pixels_in_image_);
  }

  int pixels_in_image_;
  Standardization standardization_;
  std::vector<std::uint8_t> pixels_;
  std::vector<std::uint8_t> labels_;
};

}  // namespace mica::models
