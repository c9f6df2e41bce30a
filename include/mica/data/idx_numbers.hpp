#pragma once

#include <cstdint>

#include <mica/data/idx.hpp>
#include <mica/namespace.hpp>
#include <mica/shape.hpp>
#include <mica/status.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// IdxNumbers: samples of floats in an IDX file, such as `mica convert` writes: bytes 0, 0, 0x0d and the number of extents
// (2 to 4), then the extents as big-endian 32-bit numbers, of which the first counts the samples, then the floats, also
// big-endian. It keeps the header and a pointer to the source, which must outlive it; samples are read when asked for.
// Memory: 32 bytes. Errors: those of IdxImages, and a sample with a NaN or an infinity.
class IdxNumbers {
 public:
  Status open(const io::ByteSource& source);

  int size() const { return size_; }
  int rank() const { return rank_; }               // extents of a sample, 1 to 3
  int extent(int i) const { return extents_[i]; }  // 0 <= i < rank()
  int numbers() const { return numbers_; }         // in a sample: the product of its extents
  Status read(int index, float* sample) const;

 private:
  const io::ByteSource* source_ = nullptr;
  int size_ = 0, rank_ = 0, numbers_ = 0;
  int extents_[3] = {};
};

// IdxNumbersSamples: IdxNumbers and the file of their labels.
class IdxNumbersSamples {
 public:
  // Opens both files and looks at every label. A sample must have this shape, or just as many numbers if `rank` is 1.
  Status open(const io::ByteSource& samples, const io::ByteSource& labels, int rank, const int* extents, int classes);

  int size() const { return numbers_.size(); }
  Status read(int index, float* sample, std::uint8_t& label) const;

 private:
  IdxNumbers numbers_;
  IdxLabels labels_;
  int classes_ = 0;
};

// IdxNumbersDataset: samples of floats and their labels in IDX files, as a dataset (see dataset.hpp). The numbers are
// taken as they are. A last extent of 1, the channel of a grey image, may be missing in the file.
template <class SampleShape>
class IdxNumbersDataset {
  static_assert(SampleShape::rank <= 3, "mica::IdxNumbersDataset: a sample has three extents at most.");

 public:
  using Sample = SampleShape;

  // Both sources must outlive the dataset; after an error the dataset is as it was.
  Status open(const io::ByteSource& samples, const io::ByteSource& labels, int classes) {
    int extents[SampleShape::rank];
    for (int i = 0; i < SampleShape::rank; ++i) extents[i] = SampleShape::extent(i);
    return samples_.open(samples, labels, SampleShape::rank, extents, classes);
  }

  int size() const { return samples_.size(); }
  Status read(int index, float* sample, std::uint8_t& label) const { return samples_.read(index, sample, label); }

 private:
  IdxNumbersSamples samples_;
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
