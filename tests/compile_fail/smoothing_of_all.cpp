// expect: the share that is spread, numerator / denominator, must be at least 0
#include <mica/mica.hpp>

using Net = mica::Sequential<mica::Input<4>, mica::Dense<4>>;
mica::Trainer<Net, mica::SmoothedCrossEntropy<1, 1>, mica::SGD, 8> trainer;
