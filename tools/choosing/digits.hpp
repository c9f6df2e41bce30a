#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <mica/data/standardization.hpp>
#include <mica/shape.hpp>
#include <mica/status.hpp>

namespace mica::choosing {

// Digits: images of 28x28 pixels with their classes, kept in memory as bytes; a dataset.
class Digits {
 public:
  static constexpr int classes = 10;
  using Sample = Shape<28, 28, 1>;

  int size() const { return static_cast<int>(labels_.size()); }
  float black() const { return mnist_standardization.black(); }
  Status read(int index, float* sample, std::uint8_t& label) const;

  void add(const std::uint8_t* pixels, std::uint8_t label);
  // Those from number `first` on.
  Digits from(int first) const {
    Digits rest;
    for (int i = first; i < size(); ++i) rest.add(pixels(i), label(i));
    return rest;
  }
  std::uint8_t* pixels(int index) { return pixels_.data() + static_cast<std::size_t>(index) * Sample::size; }
  const std::uint8_t* pixels(int index) const {
    return pixels_.data() + static_cast<std::size_t>(index) * Sample::size;
  }
  std::uint8_t& label(int index) { return labels_[static_cast<std::size_t>(index)]; }
  std::uint8_t label(int index) const { return labels_[static_cast<std::size_t>(index)]; }

 private:
  std::vector<std::uint8_t> pixels_, labels_;
};

// Where digits come from: the folder of MNIST's four files, or if it is empty drawn here. Exits with a sentence if the
// files cannot be read or hold fewer.
class Source {
 public:
  explicit Source(std::string folder) : folder_(std::move(folder)) {}
  // The first `count` digits.
  Digits training(int count) const { return digits(true, count); }
  Digits testing(int count = 10000) const { return digits(false, count); }

 private:
  Digits digits(bool training, int count) const;
  std::string folder_;
};

}  // namespace mica::choosing
