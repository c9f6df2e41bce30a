// expect: mica::ELU: alpha must be above 0; for alpha 0 use ReLU
#include <mica/mica.hpp>

using Net = mica::Sequential<mica::Input<4>, mica::Dense<3>, mica::ELU<0>>;
static_assert(Net::parameters > 0, "");
