// expect: mica::GaussianNoise: the deviation must be 0 or more
#include <mica/mica.hpp>

using Net = mica::Sequential<mica::Input<4>, mica::GaussianNoise<-1, 2>, mica::Dense<2>>;
using Params = Net::Params;
