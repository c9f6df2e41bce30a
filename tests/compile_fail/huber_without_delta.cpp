// expect: mica::Huber: delta = numerator / denominator must be positive
#include <mica/mica.hpp>

using Net = mica::Sequential<mica::Input<4>, mica::Dense<4>>;
mica::Trainer<Net, mica::Huber<0, 1>, mica::SGD, 8> trainer;
