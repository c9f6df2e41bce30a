#pragma once

#include <cstdint>

#include <mica/io/bytes.hpp>
#include <mica/namespace.hpp>
#include <mica/status.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// The files MNIST comes in (https://yann.lecun.com/exdb/mnist): big-endian 32-bit numbers, then one byte per element.
//   images: 0x00000803, count, height, width, then count * height * width pixels
//   labels: 0x00000801, count, then count labels
// Both readers keep the header and a pointer to the source, which must outlive them; samples are read when asked for, so
// the file may be larger than the memory.
// Errors: another magic number, an extent of 0 or above 2^31 - 1, a file longer or shorter than its header claims, an
// index outside the file, a failing device. A reader that could not open another file stays as it was.

// IdxImages: images of one size. Memory: a pointer and three ints.
class IdxImages {
 public:
  Status open(const io::ByteSource& source);

  int size() const { return size_; }
  int height() const { return height_; }
  int width() const { return width_; }

  // The height * width pixels of one image, rows first.
  Status read(int index, std::uint8_t* pixels) const;

 private:
  const io::ByteSource* source_ = nullptr;
  int size_ = 0, height_ = 0, width_ = 0;
};

// IdxLabels: one class per sample. Memory: a pointer and an int.
class IdxLabels {
 public:
  Status open(const io::ByteSource& source);

  int size() const { return size_; }

  Status read(int index, std::uint8_t& label) const;

  // Reads all labels through a small buffer; an error names the first one that is not below `classes`.
  Status check_labels(int classes) const;

 private:
  const io::ByteSource* source_ = nullptr;
  int size_ = 0;
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
