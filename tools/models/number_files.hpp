#pragma once

#include <memory>
#include <string>
#include <vector>

#include "part.hpp"
#include "samples.hpp"

namespace mica::models {

// Reads one part of the data that `mica convert` wrote into `folder`:
//   train-samples-idx-float, train-labels-idx1-ubyte        t10k-samples-idx-float, t10k-labels-idx1-ubyte
// A sample of these extents may also be flat in the file. Refuses data that do not fit.
std::unique_ptr<Samples> read_numbers(Part part, const std::string& folder, const std::vector<int>& extents,
                                      int classes, int limit);

// What classes.txt in the folder calls the classes; empty if there is no such file.
std::vector<std::string> read_class_names(const std::string& folder);

}  // namespace mica::models
