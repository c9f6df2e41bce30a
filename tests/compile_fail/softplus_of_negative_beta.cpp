// expect: mica::Softplus: beta must be above 0
#include <mica/mica.hpp>

using Net = mica::Sequential<mica::Input<4>, mica::Dense<3>, mica::Softplus<-1>>;
static_assert(Net::parameters > 0, "");
