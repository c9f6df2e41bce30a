#pragma once

#include <cstdint>

#include <mica/data/permutation.hpp>
#include <mica/rng.hpp>
#include <mica/status.hpp>

#include "part.hpp"

namespace mica::models {

// Generated: a data set whose samples are drawn when they are asked for: sample `index` is a function of the part and the
// index alone, the same bits on every machine. Source says what is drawn (spoken_words.hpp is one):
//   Sample                           the extents of a sample
//   description                      in words
//   classes, class_names             what there is
//   training_classes                 the training part holds only the first so many of them
//   training_samples, test_samples   how large the parts are
//   draw(label, random, sample)      draws one sample of a class
//   picture(sample)                  the sample to look at
template <class Source>
class Generated {
 public:
  using Sample = typename Source::Sample;
  static constexpr int size_of(Part part) {
    return part == Part::training ? Source::training_samples : Source::test_samples;
  }

  // The first `size` samples of a part.
  Generated(Part part, int size)
      : random_(Random(seed).fork(part == Part::training ? 1 : 2)),
        classes_(part == Part::training ? Source::training_classes : Source::classes),
        size_(size) {}
  explicit Generated(Part part) : Generated(part, size_of(part)) {}

  int size() const { return size_; }

  // In as many samples as there are classes, from a multiple of that number on, each class comes once.
  std::uint8_t label(int index) const {
    const auto classes = static_cast<std::uint32_t>(classes_), i = static_cast<std::uint32_t>(index);
    return static_cast<std::uint8_t>(Permutation(classes, random_.fork(for_labels).fork(i / classes))(i % classes));
  }
  Status read(int index, float* sample) const {
    if (index < 0 || index >= size_) {
      Status::Message text;
      return Status::error(text << "Sample " << index << " was asked for, but there are " << size_ << '.');
    }
    Source::draw(label(index), random_.fork(static_cast<std::uint32_t>(index)), sample);
    return {};
  }
  // As a data set of Mica (mica/data/dataset.hpp).
  Status read(int index, float* sample, std::uint8_t& its_label) const {
    its_label = label(index);
    return read(index, sample);
  }

 private:
  // The samples do not depend on the seed of a training run.
  static constexpr std::uint64_t seed = 1;
  static constexpr std::uint32_t for_labels = 0x80000000;

  Random random_;
  int classes_, size_;
};

}  // namespace mica::models
