#pragma once

#include <memory>
#include <string>

#include <mica/data/standardization.hpp>

#include "task.hpp"

namespace mica::models {

// Reads one part of MNIST from the two raw IDX files in `folder` that hold it:
//   train-images-idx3-ubyte, train-labels-idx1-ubyte        t10k-images-idx3-ubyte, t10k-labels-idx1-ubyte
// Images of 28x28 pixels are made to 8x8, where the model takes these, by leaving out a border of two pixels and taking
// the mean of each 3x3.
std::unique_ptr<Samples> read_mnist(Part part, const std::string& folder, int side, Standardization standardization,
                                    int limit);

}  // namespace mica::models
