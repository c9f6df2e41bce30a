#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace mica::labs {

// Digits: standardised images of side x side pixels and their classes, in memory, to be changed at will.
struct Digits {
  int side = 28;
  std::vector<float> pixels;
  std::vector<std::uint8_t> labels;

  int size() const { return static_cast<int>(labels.size()); }
  int numbers() const { return side * side; }
  float* image(int i) { return pixels.data() + static_cast<std::size_t>(i) * static_cast<std::size_t>(numbers()); }
  const float* image(int i) const {
    return pixels.data() + static_cast<std::size_t>(i) * static_cast<std::size_t>(numbers());
  }
  std::uint8_t& label(int i) { return labels[static_cast<std::size_t>(i)]; }
  std::uint8_t label(int i) const { return labels[static_cast<std::size_t>(i)]; }

  // The first so many of them.
  Digits first(int count) const;
  // Half the height and width: each pixel the mean of four, standardised again.
  Digits halved() const;
};

// Brightness 0 ... 255 of a standardised pixel, and back.
float brightness_of(float standardised);
float standardised(float brightness);

// Replaces a share of the labels by another class at random; wrong[i] says which.
std::vector<bool> spoil_labels(Digits& digits, double share, std::uint64_t seed);

// Source: MNIST's four files in a folder, or digits that are drawn. Refuses files that do not fit.
class Source {
 public:
  explicit Source(std::string folder) : folder_(std::move(folder)) {}
  // Other seeds see other digits, where they are drawn, and other ones of the files.
  Digits training(int count, std::uint64_t seed = 1) const { return take(true, count, seed); }
  Digits testing(int count) const { return take(false, count, 1); }
  std::string name() const { return folder_.empty() ? "synthetic digits" : "MNIST"; }

 private:
  Digits take(bool training, int count, std::uint64_t seed) const;
  std::string folder_;
};

}  // namespace mica::labs
