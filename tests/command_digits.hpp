// Digits as files: MNIST's formats and PGM, drawn by the library.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include <mica/data/synthetic_digits.hpp>

#include "command_runner.hpp"
#include "tools/models/digits.hpp"

namespace command_runner {

// Digit `index` of the command's synthetic training or test set, in bytes.
inline std::string digit_pixels(mica::models::Part part, int index, int side, std::uint8_t& label) {
  const mica::Random random =
      mica::Random(mica::models::synthetic_seed).fork(part == mica::models::Part::training ? 1 : 2);
  std::vector<std::uint8_t> pixels(static_cast<std::size_t>(side * side));
  label = mica::draw_digit(random, static_cast<std::uint32_t>(index), side, side, mica::Distortion::for_height(side),
                           pixels.data());
  return {pixels.begin(), pixels.end()};
}

inline std::string big_endian(std::uint32_t number) {
  std::string bytes;
  for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(number >> shift & 0xff);
  return bytes;
}

inline std::string idx_images(int count, int side, const std::string& pixels) {
  const auto extent = static_cast<std::uint32_t>(side);
  return big_endian(0x803) + big_endian(static_cast<std::uint32_t>(count)) + big_endian(extent) + big_endian(extent) +
         pixels;
}

inline std::string idx_labels(int count, const std::string& labels) {
  return big_endian(0x801) + big_endian(static_cast<std::uint32_t>(count)) + labels;
}

// The four files, of which each holds the first digits of the synthetic set.
inline void write_mnist(const std::filesystem::path& folder, int side, int training, int test) {
  using mica::models::Part;
  std::filesystem::create_directories(folder);
  for (const Part part : {Part::training, Part::test}) {
    const int count = part == Part::training ? training : test;
    const std::string prefix = part == Part::training ? "train" : "t10k";
    std::string pixels, labels;
    for (int i = 0; i < count; ++i) {
      std::uint8_t label;
      pixels += digit_pixels(part, i, side, label);
      labels += static_cast<char>(label);
    }
    write_file(folder / (prefix + "-images-idx3-ubyte"), idx_images(count, side, pixels));
    write_file(folder / (prefix + "-labels-idx1-ubyte"), idx_labels(count, labels));
  }
}

inline std::string pgm(int height, int width, const std::string& pixels) {
  return "P5\n# drawn by a test\n" + std::to_string(width) + " " + std::to_string(height) + "\n255\n" + pixels;
}

}  // namespace command_runner
