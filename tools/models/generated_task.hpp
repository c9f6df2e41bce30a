#pragma once

#include <cstddef>

#include "generated.hpp"
#include "number_files.hpp"
#include "refusal.hpp"
#include "task.hpp"

namespace mica::models {

// GeneratedSamples: Generated<Source> behind functions.
template <class Source>
class GeneratedSamples final : public Samples {
 public:
  GeneratedSamples(Part part, int size) : data_(part, size) {}
  int size() const override { return data_.size(); }
  std::uint8_t label(int index) const override { return data_.label(index); }
  Status read(int index, float* sample) const override { return data_.read(index, sample); }

 private:
  Generated<Source> data_;
};

// GeneratedTask: a Task whose samples come from a generator, or from files of numbers in the same shape.
template <class Source>
class GeneratedTask final : public Task {
 public:
  std::string description() const override { return Source::description; }
  std::string class_name(int label) const override {
    const auto index = static_cast<std::size_t>(label);
    return index < names_.size() ? names_[index] : Source::class_names[label];
  }

  std::unique_ptr<Samples> open(Part part, const std::string& folder, int limit, const Note&) const override {
    if (!folder.empty()) {
      std::vector<int> extents;
      for (int i = 0; i < Source::Sample::rank; ++i) extents.push_back(Source::Sample::extent(i));
      names_ = read_class_names(folder);
      return read_numbers(part, folder, extents, part == Part::training ? Source::training_classes : Source::classes,
                          limit);
    }
    const int size = Generated<Source>::size_of(part);
    if (limit > size) {
      refuse("There are " + std::to_string(size) + " generated samples in this set, but " + std::to_string(limit) +
             " were asked for with --limit.");
    }
    return std::make_unique<GeneratedSamples<Source>>(part, limit > 0 ? limit : size);
  }

  std::unique_ptr<Samples> open_file(const std::string& path) const override {
    refuse(path + " cannot be shown to this model, which takes " + description() + " and no image files; --index " +
           "chooses one of those.");
  }

  Picture picture(const float* sample) const override { return Source::picture(sample); }

 private:
  mutable std::vector<std::string> names_;  // of the classes in the files that were opened
};

}  // namespace mica::models
