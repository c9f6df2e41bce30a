// The digit tasks: synthetic digits, or the four files of MNIST.
#include "digits.hpp"

#include <mica/data/synthetic_digits.hpp>

#include "image_set.hpp"
#include "mnist_files.hpp"
#include "number_files.hpp"
#include "pgm.hpp"
#include "refusal.hpp"

namespace mica::models {
namespace {

std::unique_ptr<Samples> draw(Part part, int side, Standardization standardization, int limit, const Task::Note& note) {
  const int size = part == Part::training ? synthetic_training_digits : synthetic_test_digits;
  if (limit > size) {
    refuse("There are " + std::to_string(size) + " synthetic digits in this set, but " + std::to_string(limit) +
           " were asked for with --limit.");
  }
  auto digits = std::make_unique<ImageSet>(side, side, standardization);
  digits->resize(limit > 0 ? limit : size);
  const Random random = Random(synthetic_seed).fork(part == Part::training ? 1 : 2);
  const Distortion distortion = Distortion::for_height(side);
  note("Drawing " + std::to_string(digits->size()) + " synthetic digits of " + std::to_string(side) + "x" +
       std::to_string(side) + " pixels.");
  for (int i = 0; i < digits->size(); ++i) {
    digits->label(i) = draw_digit(random, static_cast<std::uint32_t>(i), side, side, distortion, digits->pixels(i));
  }
  return digits;
}

// Digits: a Task whose samples are square images.
class Digits final : public Task {
 public:
  Digits(const char* description, int side, Standardization standardization)
      : description_(description), side_(side), standardization_(standardization) {}

  std::string description() const override { return description_; }
  std::string class_name(int label) const override {
    const auto index = static_cast<std::size_t>(label);
    return index < names_.size() ? names_[index] : std::to_string(label);
  }

  std::unique_ptr<Samples> open(Part part, const std::string& folder, int limit, const Note& note) const override {
    if (folder.empty()) return draw(part, side_, standardization_, limit, note);
    names_ = read_class_names(folder);
    return read_mnist(part, folder, side_, standardization_, limit);
  }

  std::unique_ptr<Samples> open_file(const std::string& path) const override {
    const Picture picture = read_pgm(path);
    if (picture.height != side_ || picture.width != side_) {
      refuse(path + " is an image of " + std::to_string(picture.height) + "x" + std::to_string(picture.width) +
             " pixels, but the model takes " + std::to_string(side_) + "x" + std::to_string(side_) + ".");
    }
    auto image = std::make_unique<ImageSet>(side_, side_, standardization_);
    image->resize(1);
    std::copy(picture.pixels.begin(), picture.pixels.end(), image->pixels(0));
    return image;
  }

  // The pixels that were standardised.
  Picture picture(const float* sample) const override {
    Picture picture{side_, side_, {}};
    const float black = standardization_.shift(), white = black + 255.0f * standardization_.factor();
    for (int i = 0; i < side_ * side_; ++i) picture.pixels.push_back(brightness(sample[i], black, white));
    return picture;
  }

 private:
  const char* description_;
  int side_;
  Standardization standardization_;
  mutable std::vector<std::string> names_;  // of the classes in the files that were opened
};

}  // namespace

const Task& digits28() {
  static const Digits task("digits of 28x28 pixels, standardised with mean 0.1307 and deviation 0.3081", 28,
                           mnist_standardization);
  return task;
}

const Task& digits8() {
  static const Digits task("digits of 8x8 pixels, standardised with mean 0.198 and deviation 0.263", 8,
                           digit_standardization(8));
  return task;
}

}  // namespace mica::models
