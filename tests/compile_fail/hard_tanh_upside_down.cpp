// expect: mica::HardTanh: the minimum must be below the maximum
#include <mica/mica.hpp>

using Net = mica::Sequential<mica::Input<4>, mica::Dense<3>, mica::HardTanh<1, -1>>;
static_assert(Net::parameters > 0, "");
