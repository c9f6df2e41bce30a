// expect: mica: this tensor has the wrong shape
#include <mica/mica.hpp>

using Net = mica::Sequential<mica::Input<28, 28, 1>, mica::Dense<10>>;
mica::Model<Net> model;
mica::Trainer<Net, mica::SoftmaxCrossEntropy, mica::SGD, 8> trainer;
mica::Tensor<float, 8, 28, 27, 1> images;
mica::Tensor<std::uint8_t, 8, 1> labels;

float train() { return trainer.step(model, images, labels); }
