// expect: the dataset.s samples do not have as many numbers as the network.s Input
#include <mica/mica.hpp>

using Net = mica::Sequential<mica::Input<28, 28, 1>, mica::Dense<10>>;
mica::Model<Net> model;
mica::Trainer<Net, mica::SoftmaxCrossEntropy, mica::SGD, 8> trainer;
mica::Fit<Net, mica::SoftmaxCrossEntropy, mica::SGD, 8> fit;

mica::Status train() {
  const auto digits = mica::SyntheticDigits<mica::Shape<8, 8, 1>>::training(100, 1);
  return fit.run(model, trainer, digits, [](const mica::Progress&) { return true; });
}
