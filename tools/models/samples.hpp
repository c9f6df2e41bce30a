#pragma once

#include <cstdint>
#include <vector>

#include <mica/status.hpp>

namespace mica::models {

// Picture: a grey image to look at, rows first, 255 is ink. Empty where a sample is no image.
struct Picture {
  int height = 0, width = 0;
  std::vector<std::uint8_t> pixels;
};

// Samples: a data set whose sample size is known at run time only.
class Samples {
 public:
  virtual ~Samples() = default;
  virtual int size() const = 0;
  // Writes the sample's numbers, as the network takes them, and its class.
  virtual Status read(int index, float* sample, std::uint8_t& label) const = 0;
  virtual Picture picture(int index) const = 0;
};

// SamplesAs: the same as a data set of Mica (mica/data/dataset.hpp), for a network whose Input is Shape.
template <class Shape>
struct SamplesAs {
  using Sample = Shape;
  const Samples& samples;

  int size() const { return samples.size(); }
  Status read(int index, float* sample, std::uint8_t& label) const { return samples.read(index, sample, label); }
};

}  // namespace mica::models
