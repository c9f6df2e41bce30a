#include "digits.hpp"

#include <cstdio>
#include <cstdlib>

#include <mica/data/idx.hpp>
#include <mica/data/idx_dataset.hpp>
#include <mica/data/synthetic_digits.hpp>
#include <mica/io/file.hpp>

namespace mica::choosing {
namespace {

void check(const Status& status) {
  if (status.ok()) return;
  std::fprintf(stderr, "%s\n", status.message());
  std::exit(1);
}

}  // namespace

Status Digits::read(int index, float* sample, std::uint8_t& label) const {
  mnist_standardization.apply(Sample::size, pixels(index), sample);
  label = this->label(index);
  return {};
}

void Digits::add(const std::uint8_t* pixels, std::uint8_t label) {
  pixels_.insert(pixels_.end(), pixels, pixels + Sample::size);
  labels_.push_back(label);
}

Digits Source::digits(bool training, int count) const {
  Digits digits;
  std::uint8_t pixels[Digits::Sample::size], label = 0;
  if (folder_.empty()) {
    const Random random = Random(1).fork(training ? 1 : 2);
    for (int i = 0; i < count; ++i) {
      label = draw_digit(random, static_cast<std::uint32_t>(i), 28, 28, Distortion::for_height(28), pixels);
      digits.add(pixels, label);
    }
    return digits;
  }
  const std::string path = folder_ + (training ? "/train" : "/t10k");
  io::FileSource image_file, label_file;
  check(image_file.open((path + "-images-idx3-ubyte").c_str()));
  check(label_file.open((path + "-labels-idx1-ubyte").c_str()));
  IdxImages images;
  IdxLabels labels;
  check(images.open(image_file));
  check(labels.open(label_file));
  // Also that the images have the right size.
  check(IdxDataset<Digits::Sample>().open(image_file, label_file));
  for (int i = 0; i < count; ++i) {
    check(images.read(i, pixels));
    check(labels.read(i, label));
    digits.add(pixels, label);
  }
  return digits;
}

}  // namespace mica::choosing
