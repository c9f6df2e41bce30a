// Every augmentation, with both kinds of targets.
#include <mica/mica.hpp>

struct Pictures {
  using Sample = mica::Shape<8, 6, 3>;
  static constexpr int targets = 4;
  int size() const { return 1; }
  mica::Status read(int, float*, float*) const { return {}; }
};
using Net = mica::Sequential<mica::Input<8, 6, 3>, mica::Dense<4>>;
mica::Model<Net> model;
mica::Trainer<Net, mica::MeanSquaredError, mica::SGD, 8> trainer;
mica::Fit<Net, mica::MeanSquaredError, mica::SGD, 8> fit;
mica::Trainer<Net, mica::SoftTargetCrossEntropy, mica::SGD, 8> classifying_trainer;
mica::Fit<Net, mica::SoftTargetCrossEntropy, mica::SGD, 8> classifying_fit;

struct Classes {
  using Sample = mica::Shape<8, 6, 3>;
  int size() const { return 1; }
  mica::Status read(int, float*, std::uint8_t&) const { return {}; }
};

int main() {
  const auto go_on = [](const mica::Progress&) { return true; };
  const Pictures pictures;
  const Classes classes;
  const mica::Augmented varied(pictures, mica::HorizontalFlip{}, mica::VerticalFlip{0.1f}, mica::Shift{1, 2},
                               mica::Rotate{-5, 15}, mica::Scale{0.9f, 1.1f}, mica::Noise{0.1f}, mica::Cutout{3, 0.5f},
                               mica::Mixup{});
  const mica::Augmented mixed(classes, mica::Mixup{1});
  return fit.run(model, trainer, varied, go_on).ok() &&
                 classifying_fit.run(model, classifying_trainer, mixed, go_on).ok()
             ? 0
             : 1;
}
