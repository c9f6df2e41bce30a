#pragma once

#include <cstdint>
#include <type_traits>

#include <mica/data/csv_options.hpp>
#include <mica/io/bytes.hpp>
#include <mica/namespace.hpp>
#include <mica/shape.hpp>
#include <mica/slot.hpp>
#include <mica/status.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// CsvRoom: where the samples of a CSV file go; extents are known at run time. Memory: three pointers and three ints.
struct CsvRoom {
  float* features;       // [samples][feature_count]
  float* targets;        // [samples][target_count], or null for
  std::uint8_t* labels;  // [samples]
  int feature_count, target_count, samples;
};

// Reads a whole file into `room`; `rows` is the number of samples. See CsvDataset.
Status load_csv(const io::ByteSource& source, const CsvOptions& options, const CsvRoom& room, int& rows);

// CsvDataset: a table of numbers in text as a dataset (see dataset.hpp). The file is read once and kept as numbers,
// each the float nearest to its text; after load() the source is no longer needed.
//   mica::CsvDataset<mica::Shape<4>, 150> iris;              up to 150 samples of 4 numbers and a class
//   mica::CsvDataset<mica::Shape<8>, 1000, 2> houses;        up to 1000 of 8 numbers, with 2 numbers as the target
// Samples are rows, features the columns that are neither target nor ignored, in the order of the file.
// Shape: SampleShape has as many numbers as there are features. Memory: capacity * 4 * (features + targets) bytes, with
// classes capacity * (4 * features + 1); load() takes 3 KB of stack.
// Limits: 255 characters for a number or a class, 256 classes, 64 ignored columns, 2^31 - 1 columns, and the capacity.
// Errors, by line, column and name of the column: what is no number, a class that does not exist, a missing value,
// lines of different length, more samples than there is room for, and the errors of CsvReader. After an error the
// dataset is empty.
template <class SampleShape, int capacity, int target_count = 0>
class CsvDataset {
  static_assert(capacity > 0, "mica::CsvDataset: there must be room for at least one sample.");
  static_assert(target_count >= 0, "mica::CsvDataset: the number of targets is 0 for classes, else 1 or more.");
  static constexpr bool has_classes = target_count == 0;

 public:
  using Sample = SampleShape;
  static constexpr int targets = target_count;
  using Target = std::conditional_t<has_classes, std::uint8_t&, float*>;

  Status load(const io::ByteSource& source, const CsvOptions& options = {}) {
    size_ = 0;
    return load_csv(source, options,
                    {features_, targets_.data(), labels_.data(), SampleShape::size, target_count, capacity}, size_);
  }

  int size() const { return size_; }
  Status read(int index, float* sample, Target target) const {
    if (index < 0 || index >= size_) {
      Status::Message text;
      return Status::error(text << "Sample " << index << " was asked for, but there are " << size_ << '.');
    }
    for (int i = 0; i < SampleShape::size; ++i) sample[i] = features_[index * SampleShape::size + i];
    if constexpr (has_classes) {
      target = labels_.values[index];
    } else {
      for (int i = 0; i < target_count; ++i) target[i] = targets_.values[index * target_count + i];
    }
    return {};
  }

 private:
  int size_ = 0;
  float features_[capacity * SampleShape::size];
  Values<float, capacity * target_count> targets_;
  Values<std::uint8_t, has_classes ? capacity : 0> labels_;
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
