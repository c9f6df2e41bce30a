#pragma once

#include <functional>
#include <memory>
#include <string>

#include "samples.hpp"

namespace mica::models {

enum class Part { training, test };

// Task: what a reference model learns, and where its samples come from.
class Task {
 public:
  virtual const char* description() const = 0;

  // Opens a part of the data, the first `limit` samples or, if that is 0, all: from the files in `folder`, or generated
  // if that is empty. `note` is told what takes time. Refuses data that do not fit (see refusal.hpp).
  using Note = std::function<void(const std::string&)>;
  virtual std::unique_ptr<Samples> open(Part part, const std::string& folder, int limit, const Note& note) const = 0;

  // One sample from the user's own file, without a class.
  virtual std::unique_ptr<Samples> open_file(const std::string& path) const = 0;

 protected:
  ~Task() = default;
};

// Digits in images of 28x28 pixels, and of 8x8 for the smallest boards.
const Task& digits28();
const Task& digits8();

}  // namespace mica::models
