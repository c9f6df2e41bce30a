// expect: mica::GroupNorm: the groups must divide the channels
#include <mica/layers/group_norm.hpp>

using Layer = mica::GroupNorm<4>;
Layer::On<mica::Shape<4, 4, 6>>::Output output;
