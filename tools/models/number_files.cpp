#include "number_files.hpp"

#include <fstream>

#include <mica/data/idx_numbers.hpp>
#include <mica/io/file.hpp>

#include "refusal.hpp"

namespace mica::models {
namespace {

// NumberSet: the files, mapped into memory.
class NumberSet final : public Samples {
 public:
  NumberSet(const std::string& samples, const std::string& labels, const std::vector<int>& extents, int classes,
            int limit) {
    check(sample_file_.open(samples.c_str()));
    check(label_file_.open(labels.c_str()));
    int flat = 1;
    for (const int extent : extents) flat *= extent;
    IdxNumbers found;
    check(found.open(sample_file_));
    const bool is_flat = found.rank() == 1;
    check(samples_.open(sample_file_, label_file_, is_flat ? 1 : static_cast<int>(extents.size()),
                        is_flat ? &flat : extents.data(), classes));
    check(labels_.open(label_file_));
    if (limit > samples_.size()) {
      refuse(samples + " holds " + std::to_string(samples_.size()) + " samples, but " + std::to_string(limit) +
             " were asked for with --limit.");
    }
    size_ = limit > 0 ? limit : samples_.size();
  }
  int size() const override { return size_; }
  std::uint8_t label(int index) const override {
    std::uint8_t label = 0;
    check(labels_.read(index, label));
    return label;
  }
  Status read(int index, float* sample) const override {
    std::uint8_t label = 0;
    return samples_.read(index, sample, label);
  }

 private:
  io::FileSource sample_file_, label_file_;
  IdxNumbersSamples samples_;
  IdxLabels labels_;
  int size_ = 0;
};

}  // namespace

std::unique_ptr<Samples> read_numbers(Part part, const std::string& folder, const std::vector<int>& extents,
                                      int classes, int limit) {
  const std::string begin = folder + (folder.back() == '/' ? "" : "/") + (part == Part::training ? "train" : "t10k");
  return std::make_unique<NumberSet>(begin + "-samples-idx-float", begin + "-labels-idx1-ubyte", extents, classes,
                                     limit);
}

std::vector<std::string> read_class_names(const std::string& folder) {
  std::vector<std::string> names;
  std::ifstream file(folder + "/classes.txt");
  for (std::string line; std::getline(file, line) && names.size() < 256;) names.push_back(line.substr(0, 40));
  return names;
}

}  // namespace mica::models
