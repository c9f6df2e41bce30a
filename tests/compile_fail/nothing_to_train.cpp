// expect: mica::Trainer: this network has nothing to train
#include <mica/mica.hpp>

using Net = mica::Sequential<mica::Input<4>, mica::ReLU>;
mica::Trainer<Net, mica::MeanSquaredError, mica::SGD, 8> trainer;
