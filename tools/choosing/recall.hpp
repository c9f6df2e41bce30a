#pragma once

#include <cstdint>

#include <mica/kernels/random.hpp>
#include <mica/rng.hpp>
#include <mica/shape.hpp>
#include <mica/status.hpp>

namespace mica::choosing {

// Recall: noise of `steps` time steps in which two marks stand, one in each of the first two quarters, each high or
// low; the class says which of the four pairs it was. What follows must not wipe the marks out. Needs no files.
template <int steps>
class Recall {
 public:
  static constexpr int classes = 4;
  static constexpr int features = 2;  // the signal, and 1 where a mark stands
  using Sample = Shape<steps, features>;

  Recall(int size, std::uint32_t part) : random_(Random(1).fork(part)), size_(size) {}

  int size() const { return size_; }
  Status read(int index, float* sample, std::uint8_t& label) const {
    const Random random = random_.fork(static_cast<std::uint32_t>(index));
    float noise[steps];
    kernels::fill_normal(steps, random.fork(1), 0.5f, 1.0f, noise);
    for (int t = 0; t < steps; ++t) sample[features * t] = noise[t], sample[features * t + 1] = 0;
    label = static_cast<std::uint8_t>(random.below(classes, 0));
    for (int mark = 0; mark < 2; ++mark) {
      constexpr int quarter = steps / 4;
      const int place = quarter * mark + static_cast<int>(random.below(quarter, static_cast<std::uint32_t>(mark + 1)));
      sample[features * place] = (label >> mark & 1) != 0 ? 1.0f : -1.0f;
      sample[features * place + 1] = 1;
    }
    return {};
  }

 private:
  Random random_;
  int size_;
};

}  // namespace mica::choosing
