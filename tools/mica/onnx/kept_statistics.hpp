// What BatchNorm keeps and ONNX has no place for; `mica export` writes it into the model's metadata, by tensor.
#pragma once

#include <string_view>
#include <vector>

#include "graph.hpp"

namespace mica::onnx {

struct KeptStatistics {
  std::vector<float> remainders;  // what the running means round off, in the file's order
  float batches = 0;              // seen so far
};

// Of the BatchNorm whose running means have this name: zeros where the file says nothing. False: what it says is not
// eight hexadecimal digits for each of `count` means, or no number of batches that a float holds.
bool read_kept_statistics(const Graph& graph, std::string_view mean, std::size_t count, KeptStatistics& kept);

}  // namespace mica::onnx
