// expect: the loss needs other targets than the data give.*after Mixup there are none, and SoftTargetCrossEntropy
#include <mica/mica.hpp>

using Net = mica::Sequential<mica::Input<8, 8, 1>, mica::Dense<10>>;
mica::Model<Net> model;
mica::Trainer<Net, mica::SoftmaxCrossEntropy, mica::SGD, 8> trainer;
mica::Fit<Net, mica::SoftmaxCrossEntropy, mica::SGD, 8> fit;

mica::Status train() {
  const auto digits = mica::SyntheticDigits<mica::Shape<8, 8, 1>>::training(100, 1);
  const mica::Augmented mixed(digits, mica::Mixup{0.2f});
  return fit.run(model, trainer, mixed, [](const mica::Progress&) { return true; });
}
