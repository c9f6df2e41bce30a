#pragma once

#include <functional>
#include <memory>
#include <string>

#include "part.hpp"
#include "picture.hpp"
#include "samples.hpp"

namespace mica::models {

// Task: what a reference model learns, and where its samples come from.
class Task {
 public:
  virtual std::string description() const = 0;
  virtual std::string class_name(int label) const = 0;

  // Opens a part of the data, the first `limit` samples or, if that is 0, all: from the files in `folder`, or generated
  // if that is empty. `note` is told what takes time. Refuses data that do not fit (see refusal.hpp).
  using Note = std::function<void(const std::string&)>;
  virtual std::unique_ptr<Samples> open(Part part, const std::string& folder, int limit, const Note& note) const = 0;

  // One sample from the user's own file, without a class.
  virtual std::unique_ptr<Samples> open_file(const std::string& path) const = 0;

  // A sample, or what a network makes of one, to look at.
  virtual Picture picture(const float* sample) const = 0;

 protected:
  ~Task() = default;
};

}  // namespace mica::models
