#include <mica/data/idx.hpp>

#include "idx_words.hpp"
#include "source_name.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace {

constexpr std::uint32_t images_magic = 0x00000803;
constexpr std::uint32_t labels_magic = 0x00000801;
constexpr std::size_t images_header = 16;
constexpr std::size_t labels_header = 8;
constexpr std::uint32_t largest_size = 0x7fffffff;

void write_magic(Status::Message& text, std::uint32_t magic) {
  text << "0x";
  for (int shift = 28; shift >= 0; shift -= 4) text << "0123456789abcdef"[(magic >> shift) & 15];
}

// Reads the header and checks that it begins with `magic`.
Status read_header(const io::ByteSource& source, const char* kind, std::uint32_t magic, std::size_t count,
                   std::uint8_t* header) {
  Status::Message text;
  text << source;
  if (source.size() < count) {
    text << " has " << static_cast<unsigned long long>(source.size()) << " bytes, but the header of an IDX file of "
         << kind << " has " << count << '.';
    return Status::error(text);
  }
  if (!source.read(0, header, count)) return Status::error(text << " could not be read at byte 0.");
  const std::uint32_t found = big_endian(header);
  if (found == magic) return {};
  text << " begins with ";
  write_magic(text, found);
  if (found == images_magic) text << " (a file of images)";
  if (found == labels_magic) text << " (a file of labels)";
  if (found >> 16 == 0x1f8b) text << " (a gzip file; unpack it first)";
  text << ", but an IDX file of " << kind << " begins with ";
  write_magic(text, magic);
  return Status::error(text << '.');
}

Status wrong_size(const Status::Message& claim, std::uint64_t expected, std::uint64_t found) {
  Status::Message text = claim;
  text << ", which takes " << static_cast<unsigned long long>(expected) << " bytes, but it has "
       << static_cast<unsigned long long>(found) << (found < expected ? " (cut short)." : " (too long).");
  return Status::error(text);
}

Status no_such_index(const char* kind, int index, int size) {
  Status::Message text;
  return Status::error(text << kind << ' ' << index << " was asked for, but there are " << size << '.');
}

}  // namespace

Status IdxImages::open(const io::ByteSource& source) {
  std::uint8_t header[images_header];
  if (Status status = read_header(source, "images", images_magic, images_header, header); !status.ok()) return status;
  const std::uint32_t count = big_endian(header + 4), height = big_endian(header + 8), width = big_endian(header + 12);

  Status::Message claim;
  claim << source << " claims to hold " << count << " images of " << height << 'x' << width << " pixels";
  const std::uint64_t pixels = std::uint64_t{height} * width;
  if (count == 0 || count > largest_size || pixels == 0 || pixels > largest_size) {
    return Status::error(claim << ", but both numbers, images and pixels each, must be 1 to " << largest_size << '.');
  }
  // Both factors are below 2^31, so this cannot overflow.
  const std::uint64_t expected = images_header + count * pixels;
  if (source.size() != expected) return wrong_size(claim, expected, source.size());

  source_ = &source;
  size_ = static_cast<int>(count);
  height_ = static_cast<int>(height);
  width_ = static_cast<int>(width);
  return {};
}

Status IdxImages::read(int index, std::uint8_t* pixels) const {
  if (index < 0 || index >= size_) return no_such_index("Image", index, size_);
  const std::size_t count = static_cast<std::size_t>(height_) * static_cast<std::size_t>(width_);
  const std::uint64_t offset = images_header + static_cast<std::uint64_t>(index) * count;
  if (!source_->read(offset, pixels, count)) return unreadable(*source_, offset);
  return {};
}

Status IdxLabels::open(const io::ByteSource& source) {
  std::uint8_t header[labels_header];
  if (Status status = read_header(source, "labels", labels_magic, labels_header, header); !status.ok()) return status;
  const std::uint32_t count = big_endian(header + 4);

  Status::Message claim;
  claim << source << " claims to hold " << count << " labels";
  if (count == 0 || count > largest_size) return Status::error(claim << ", but must hold 1 to " << largest_size << '.');
  const std::uint64_t expected = labels_header + std::uint64_t{count};
  if (source.size() != expected) return wrong_size(claim, expected, source.size());

  source_ = &source;
  size_ = static_cast<int>(count);
  return {};
}

Status IdxLabels::read(int index, std::uint8_t& label) const {
  if (index < 0 || index >= size_) return no_such_index("Label", index, size_);
  const std::uint64_t offset = labels_header + static_cast<std::uint64_t>(index);
  if (!source_->read(offset, &label, 1)) return unreadable(*source_, offset);
  return {};
}

Status IdxLabels::check_labels(int classes) const {
  constexpr int chunk = 256;
  std::uint8_t labels[chunk];
  for (int first = 0; first < size_;) {
    const int count = size_ - first < chunk ? size_ - first : chunk;
    const std::uint64_t offset = labels_header + static_cast<std::uint64_t>(first);
    if (!source_->read(offset, labels, static_cast<std::size_t>(count))) return unreadable(*source_, offset);
    for (int i = 0; i < count; ++i) {
      if (labels[i] < classes) continue;
      Status::Message text;
      text << *source_ << " holds " << labels[i] + 0 << " as label " << first + i << ", but with " << classes
           << " classes labels are 0 to " << classes - 1 << '.';
      return Status::error(text);
    }
    first += count;
  }
  return {};
}

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
