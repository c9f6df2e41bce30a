// Whatever bytes the files hold, opening and reading them ends in a Status: nothing is read or written outside.
#include <cstdint>
#include <cstdlib>
#include <cstring>

#include <mica/data/idx_dataset.hpp>

#include "tests/fuzz/require.hpp"

namespace {

using fuzz::require;
using fuzz::require_sentence;

void read_images(const mica::io::ByteSource& source) {
  mica::IdxImages images;
  const mica::Status status = images.open(source);
  if (!status.ok()) {
    require_sentence(status);
    require(images.size() == 0);
    return;
  }
  const std::size_t count = static_cast<std::size_t>(images.height()) * static_cast<std::size_t>(images.width());
  auto* const pixels = static_cast<std::uint8_t*>(std::malloc(count));
  for (int index = 0; index < images.size(); ++index) require(images.read(index, pixels).ok());
  require(!images.read(images.size(), pixels).ok());
  std::free(pixels);
}

void read_labels(const mica::io::ByteSource& source) {
  mica::IdxLabels labels;
  const mica::Status status = labels.open(source);
  if (!status.ok()) {
    require_sentence(status);
    require(labels.size() == 0);
    return;
  }
  bool in_range = true;
  for (int index = 0; index < labels.size(); ++index) {
    std::uint8_t label = 255;
    require(labels.read(index, label).ok());
    in_range = in_range && label < 10;
  }
  require(labels.check_labels(10).ok() == in_range);
}

void read_dataset(const mica::io::ByteSource& images, const mica::io::ByteSource& labels) {
  mica::IdxDataset<mica::Shape<3, 2, 1>> data;
  const mica::Status status = data.open(images, labels);
  if (!status.ok()) {
    require_sentence(status);
    return;
  }
  for (int index = 0; index < data.size(); ++index) {
    float sample[6];
    std::uint8_t label = 255;
    require(data.read(index, sample, label).ok());
    require(label < 10);
    for (const float x : sample) require(x > -0.5f && x < 3.0f);
  }
}

}  // namespace

// The first byte says how long the file of labels is; it comes next, and the rest is the file of images. If it is odd,
// both files are given right magic numbers.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  if (size == 0) return 0;
  const bool help = bytes[0] % 2 == 1;
  std::size_t count = bytes[0] / 2;
  if (count > size - 1) count = size - 1;
  const std::size_t rest = size - 1 - count;
  // Copies on the heap, so that the address sanitizer sees every byte too many.
  auto* const label_bytes = static_cast<std::uint8_t*>(std::malloc(count + (count == 0 ? 1 : 0)));
  auto* const image_bytes = static_cast<std::uint8_t*>(std::malloc(rest + (rest == 0 ? 1 : 0)));
  std::memcpy(label_bytes, bytes + 1, count);
  std::memcpy(image_bytes, bytes + 1 + count, rest);
  if (help && count >= 4) std::memcpy(label_bytes, "\0\0\x08\x01", 4);
  if (help && rest >= 4) std::memcpy(image_bytes, "\0\0\x08\x03", 4);

  const mica::io::MemorySource labels(label_bytes, count, "labels"), images(image_bytes, rest, "images");
  read_images(images);
  read_labels(labels);
  read_dataset(images, labels);
  read_images(labels);
  read_labels(images);

  std::free(label_bytes);
  std::free(image_bytes);
  return 0;
}
