// What `mica convert` is made of: where the samples are, how each kind is read, and what is written.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace mica::command {

// ConvertOptions: what `mica convert` was asked for.
struct ConvertOptions {
  std::string input, out, target;
  int bands = 40, window = 30, hop = 20;  // of the features of sounds; milliseconds
  int samples = 0;                        // of a sound; 0: all have as many
  float test = 0.2f;
  std::uint64_t seed = 1;
  bool raw = false, grey = false, skip = false, quiet = false;
};

// ConvertedData: samples of one shape with their classes, as bytes (grey images) or as numbers.
struct ConvertedData {
  std::vector<int> shape;
  std::vector<std::string> classes;
  std::vector<int> labels;
  bool in_bytes = false;
  bool by_column = false;  // each number of a sample has a unit of its own
  std::vector<std::uint8_t> bytes;
  std::vector<float> numbers;

  std::size_t sample_size() const {
    std::size_t size = 1;
    for (const int extent : shape) size *= static_cast<std::size_t>(extent);
    return size;
  }
};

// LabelledFile: a file to read, and the class that its folder or a list gives it.
struct LabelledFile {
  std::string path, class_name;
};

// The files of a folder of folders, or those that a list names, sorted by class and path.
std::vector<LabelledFile> find_files(const std::string& input);
// The classes of all files, in order: by number if all are whole numbers, else by name.
std::vector<std::string> classes_of(const std::vector<LabelledFile>& files);

// Reads a file and appends its sample, without the label; throws a Refusal if the file does not fit.
using AddFile = std::function<void(const std::string& path, ConvertedData& data)>;
AddFile image_adder(const ConvertOptions& options);
AddFile sound_adder(const ConvertOptions& options);
// A whole CSV file: the target is the class, the other columns are the sample.
ConvertedData read_table(const ConvertOptions& options);

// Keeps a share of each class for the test, writes the files of both parts into options.out, and says what it wrote.
void write_converted(const ConvertedData& data, const ConvertOptions& options);

}  // namespace mica::command
