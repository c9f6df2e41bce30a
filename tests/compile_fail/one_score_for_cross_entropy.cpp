// expect: mica::SoftmaxCrossEntropy: the network.s output must be 2 to 256 scores
#include <mica/mica.hpp>

using Net = mica::Sequential<mica::Input<4>, mica::Dense<1>>;
mica::Trainer<Net, mica::SoftmaxCrossEntropy, mica::SGD, 8> trainer;
