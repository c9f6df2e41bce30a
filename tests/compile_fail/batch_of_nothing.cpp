// expect: mica::Trainer: a batch holds at least one sample
#include <mica/mica.hpp>

using Net = mica::Sequential<mica::Input<4>, mica::Dense<3>>;
mica::Trainer<Net, mica::SoftmaxCrossEntropy, mica::SGD, 0> trainer;
