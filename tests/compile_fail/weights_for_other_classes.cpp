// expect: there must be one weight for each class
#include <mica/mica.hpp>

using Net = mica::Sequential<mica::Input<4>, mica::Dense<4>>;
mica::Trainer<Net, mica::WeightedCrossEntropy<1, 2, 3>, mica::SGD, 8> trainer;
