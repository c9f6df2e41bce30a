#include "image_set.hpp"

namespace mica::models {

void ImageSet::resize(int count) {
  pixels_.resize(offset(count));
  labels_.resize(static_cast<std::size_t>(count));
}

Status ImageSet::read(int index, float* sample) const {
  if (index < 0 || index >= size()) {
    Status::Message text;
    return Status::error(text << "Image " << index << " was asked for, but there are " << size() << '.');
  }
  standardization_.apply(pixels_in_image_, pixels_.data() + offset(index), sample);
  return {};
}

}  // namespace mica::models
