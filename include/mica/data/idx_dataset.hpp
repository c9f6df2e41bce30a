#pragma once

#include <cstdint>

#include <mica/data/idx.hpp>
#include <mica/data/standardization.hpp>
#include <mica/namespace.hpp>
#include <mica/shape.hpp>
#include <mica/status.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// IdxSamples: a file of images and the file of their labels, read as standardised numbers; the image size is known at
// run time. Memory: both readers, the standardisation and two ints.
// Errors: those of both readers, images of another size, another number of labels than images, a label out of range.
class IdxSamples {
 public:
  // Opens both files and looks at every label. Images must have `height` x `width` pixels, or just height * width if
  // `height` is 0.
  Status open(const io::ByteSource& images, const io::ByteSource& labels, int height, int width, int classes,
              Standardization standardization);

  int size() const { return images_.size(); }
  float black() const { return standardization_.black(); }

  // The pixels are read into the end of the sample and spread out from there, so nothing large sits on the stack.
  Status read(int index, float* sample, std::uint8_t& label) const;

 private:
  IdxImages images_;
  IdxLabels labels_;
  Standardization standardization_{0.0f, 1.0f};
  int classes_ = 0;
};

// IdxDataset: images and labels in IDX files, such as MNIST, as a dataset (see dataset.hpp).
// Shape: SampleShape is height x width x 1, height x width, or their product. Memory: that of IdxSamples.
template <class SampleShape>
class IdxDataset {
  static_assert(SampleShape::rank <= 2 || (SampleShape::rank == 3 && SampleShape::extent(2) == 1),
                "mica::IdxDataset: the sample must be Shape<height, width, 1>, Shape<height, width> or Shape<pixels>, "
                "because IDX images have one channel.");

 public:
  using Sample = SampleShape;

  // Both sources must outlive the dataset; after an error the dataset is as it was.
  Status open(const io::ByteSource& images, const io::ByteSource& labels, int classes = 10,
              Standardization standardization = mnist_standardization) {
    constexpr bool flat = SampleShape::rank == 1;
    return samples_.open(images, labels, flat ? 0 : SampleShape::extent(0), SampleShape::extent(flat ? 0 : 1), classes,
                         standardization);
  }

  int size() const { return samples_.size(); }
  float black() const { return samples_.black(); }
  Status read(int index, float* sample, std::uint8_t& label) const { return samples_.read(index, sample, label); }

 private:
  IdxSamples samples_;
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
