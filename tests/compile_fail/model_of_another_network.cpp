// expect: of another network than the trainer
#include <mica/mica.hpp>

using Net = mica::Sequential<mica::Input<4>, mica::Dense<10>>;
using Other = mica::Sequential<mica::Input<4>, mica::Dense<11>>;
mica::Model<Other> model;
mica::Trainer<Net, mica::MeanSquaredError, mica::SGD, 8> trainer;
mica::Tensor<float, 8, 4> samples;
mica::Tensor<float, 8, 10> targets;

float train() { return trainer.step(model, samples, targets); }
