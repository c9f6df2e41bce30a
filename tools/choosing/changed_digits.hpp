#pragma once

#include <cstdint>

#include <mica/data/augmented.hpp>
#include <mica/data/rotate.hpp>

#include "digits.hpp"

namespace mica::choosing {

// Digits as a camera sees them that was mounted at a slant: all turned by the same angle.
class TurnedDigits {
 public:
  using Sample = Digits::Sample;

  TurnedDigits(const Digits& digits, double degrees) : turned_(digits, Rotate(degrees, degrees)) {}

  int size() const { return turned_.size(); }
  Status read(int index, float* sample, std::uint8_t& label) const {
    return turned_.read_for_training({index, index, Digits::classes, Random(0)}, sample, label);
  }

 private:
  Augmented<Digits, Rotate> turned_;
};

// Digits dark on bright.
class InvertedDigits {
 public:
  using Sample = Digits::Sample;

  explicit InvertedDigits(const Digits& digits) : digits_(&digits) {}

  int size() const { return digits_->size(); }
  Status read(int index, float* sample, std::uint8_t& label) const {
    const Status status = digits_->read(index, sample, label);
    const float sum = 2 * mnist_standardization.shift() + 255 * mnist_standardization.factor();
    for (int i = 0; i < Sample::size; ++i) sample[i] = sum - sample[i];
    return status;
  }

 private:
  const Digits* digits_;
};

}  // namespace mica::choosing
