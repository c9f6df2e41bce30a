#include "mnist_files.hpp"

#include <sys/stat.h>

#include <array>

#include <mica/data/idx.hpp>
#include <mica/data/idx_dataset.hpp>
#include <mica/io/file.hpp>

#include "image_set.hpp"
#include "refusal.hpp"

namespace mica::models {
namespace {

constexpr int mnist_side = 28;
constexpr int small_side = 8;
constexpr int classes = 10;

bool exists(const std::string& path) {
  struct stat status;
  return stat(path.c_str(), &status) == 0;
}

// Opens folder/name.
void open(io::FileSource& source, const std::string& folder, const char* name) {
  const std::string path = folder + (folder.back() == '/' ? "" : "/") + name;
  if (!exists(path) && exists(path + ".gz")) refuse(path + ".gz is packed; unpack it first with gunzip.");
  check(source.open(path.c_str()));
}

// 28x28 pixels to 8x8.
void shrink(const std::uint8_t* from, std::uint8_t* to) {
  constexpr int border = 2, block = 3;
  for (int row = 0; row < small_side; ++row) {
    for (int column = 0; column < small_side; ++column) {
      int sum = 0;
      for (int i = 0; i < block * block; ++i) {
        const int y = border + block * row + i / block, x = border + block * column + i % block;
        sum += from[y * mnist_side + x];
      }
      to[row * small_side + column] = static_cast<std::uint8_t>((sum + block * block / 2) / (block * block));
    }
  }
}

}  // namespace

std::unique_ptr<Samples> read_mnist(Part part, const std::string& folder, int side, Standardization standardization,
                                    int limit) {
  const bool training = part == Part::training;
  io::FileSource image_file, label_file;
  open(image_file, folder, training ? "train-images-idx3-ubyte" : "t10k-images-idx3-ubyte");
  open(label_file, folder, training ? "train-labels-idx1-ubyte" : "t10k-labels-idx1-ubyte");

  IdxImages images;
  check(images.open(image_file));
  const bool shrunk = side == small_side && images.height() == mnist_side && images.width() == mnist_side;
  const int file_side = shrunk ? mnist_side : side;
  // Both files agree, the images have the right size, and every label is a digit.
  check(IdxSamples().open(image_file, label_file, file_side, file_side, classes, standardization));
  if (limit > images.size()) {
    refuse(std::string(image_file.name()) + " holds " + std::to_string(images.size()) + " images, but " +
           std::to_string(limit) + " were asked for with --limit.");
  }

  IdxLabels labels;
  check(labels.open(label_file));
  auto digits = std::make_unique<ImageSet>(side, side, standardization);
  digits->resize(limit > 0 ? limit : images.size());
  std::array<std::uint8_t, mnist_side * mnist_side> pixels;
  for (int i = 0; i < digits->size(); ++i) {
    check(images.read(i, shrunk ? pixels.data() : digits->pixels(i)));
    if (shrunk) shrink(pixels.data(), digits->pixels(i));
    check(labels.read(i, digits->label(i)));
  }
  return digits;
}

}  // namespace mica::models
