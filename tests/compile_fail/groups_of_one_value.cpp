// expect: mica::GroupNorm: a group of a single value has no variance
#include <mica/layers/group_norm.hpp>

using Layer = mica::GroupNorm<6>;
Layer::On<mica::Shape<6>>::Output output;
