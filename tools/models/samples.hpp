#pragma once

#include <algorithm>
#include <cstdint>

#include <mica/status.hpp>

namespace mica::models {

// Samples: a data set whose sample size is known at run time only. Every sample has a class; one from a file of the
// user's own says 0.
class Samples {
 public:
  virtual ~Samples() = default;
  virtual int size() const = 0;
  // The class of a sample, with 0 <= index < size().
  virtual std::uint8_t label(int index) const = 0;
  // Writes the sample's numbers, as the network takes them.
  virtual Status read(int index, float* sample) const = 0;
};

// The same as a data set of Mica (mica/data/dataset.hpp) for a network whose Input is Shape, and what it is to learn:
// LabelledSamples the class, SamplesThemselves to give the sample back.
template <class Shape>
struct LabelledSamples {
  using Sample = Shape;
  const Samples& samples;

  int size() const { return samples.size(); }
  Status read(int index, float* sample, std::uint8_t& label) const {
    label = samples.label(index);
    return samples.read(index, sample);
  }
};
template <class Shape>
struct SamplesThemselves {
  using Sample = Shape;
  const Samples& samples;

  int size() const { return samples.size(); }
  Status read(int index, float* sample, float* target) const {
    const Status status = samples.read(index, sample);
    std::copy_n(sample, Shape::size, target);
    return status;
  }
};

}  // namespace mica::models
