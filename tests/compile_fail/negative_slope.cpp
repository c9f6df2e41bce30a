// expect: mica::LeakyReLU: the slope must be above 0
#include <mica/mica.hpp>

using Net = mica::Sequential<mica::Input<4>, mica::Dense<2>, mica::LeakyReLU<-1, 100>>;
using Params = Net::Params;
