#include <mica/data/idx_dataset.hpp>

#include "source_name.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

Status IdxSamples::open(const io::ByteSource& images, const io::ByteSource& labels, int height, int width, int classes,
                        Standardization standardization) {
  IdxSamples opened;
  if (Status status = opened.images_.open(images); !status.ok()) return status;
  if (Status status = opened.labels_.open(labels); !status.ok()) return status;

  const int found_height = opened.images_.height(), found_width = opened.images_.width();
  const bool fits = height == 0 ? found_height * found_width == width : found_height == height && found_width == width;
  if (!fits) {
    Status::Message text;
    text << images << " holds images of " << found_height << 'x' << found_width << " pixels, but the model takes ";
    if (height != 0) text << height << 'x';
    return Status::error(text << width << '.');
  }
  if (opened.images_.size() != opened.labels_.size()) {
    Status::Message text;
    text << images << " holds " << opened.images_.size() << " images, but " << labels << " holds "
         << opened.labels_.size() << " labels.";
    return Status::error(text);
  }
  if (Status status = opened.labels_.check_labels(classes); !status.ok()) return status;

  opened.standardization_ = standardization;
  opened.classes_ = classes;
  *this = opened;
  return {};
}

Status IdxSamples::read(int index, float* sample, std::uint8_t& label) const {
  const int count = images_.height() * images_.width();
  std::uint8_t* pixels = pixels_inside(sample, count);
  if (Status status = images_.read(index, pixels); !status.ok()) return status;
  if (Status status = labels_.read(index, label); !status.ok()) return status;
  // The file was in order when it was opened, but it may have changed since.
  if (label >= classes_) {
    Status::Message text;
    text << "Label " << index << " is now " << label + 0 << ", but with " << classes_ << " classes labels are 0 to "
         << classes_ - 1 << '.';
    return Status::error(text);
  }
  standardization_.apply(count, pixels, sample);
  return {};
}

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
