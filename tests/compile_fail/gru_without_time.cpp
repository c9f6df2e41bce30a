// expect: mica::GRU: the input must have two extents: time and features
#include <mica/mica.hpp>

using Net = mica::Sequential<mica::Input<7>, mica::GRU<4>>;
static_assert(Net::parameters > 0, "");
