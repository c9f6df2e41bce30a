// expect: mica: this tensor has the wrong shape
#include <mica/mica.hpp>

using Net = mica::Sequential<mica::Input<4>, mica::Dense<3>>;
mica::Model<Net> model;
mica::Trainer<Net, mica::MeanSquaredError, mica::SGD, 8> trainer;
mica::Tensor<float, 8, 4> samples;
mica::Tensor<float, 8, 2> targets;

float train() { return trainer.step(model, samples, targets); }
