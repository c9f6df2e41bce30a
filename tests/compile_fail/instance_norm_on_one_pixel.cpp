// expect: mica::InstanceNorm: a single pixel has no variance
#include <mica/layers/instance_norm.hpp>

using Layer = mica::InstanceNorm;
Layer::On<mica::Shape<6>>::Output output;
