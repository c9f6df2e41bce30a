// expect: mica::Dense: the number of outputs must be at least 1
#include <mica/mica.hpp>

using Net = mica::Sequential<mica::Input<4>, mica::Dense<0>>;
static_assert(Net::parameters > 0, "");
