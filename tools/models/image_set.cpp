#include "image_set.hpp"

namespace mica::models {

void ImageSet::resize(int count) {
  pixels_.resize(offset(count));
  labels_.resize(static_cast<std::size_t>(count));
}

Status ImageSet::read(int index, float* sample, std::uint8_t& label) const {
  if (index < 0 || index >= size()) {
    Status::Message text;
    return Status::error(text << "Image " << index << " was asked for, but there are " << size() << '.');
  }
  label = labels_[static_cast<std::size_t>(index)];
  standardization_.apply(count(), pixels_.data() + offset(index), sample);
  return {};
}

Picture ImageSet::picture(int index) const {
  const auto first = pixels_.begin() + static_cast<std::ptrdiff_t>(offset(index));
  return {height_, width_, {first, first + count()}};
}

}  // namespace mica::models
