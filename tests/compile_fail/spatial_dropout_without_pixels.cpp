// expect: mica::SpatialDropout: the input must have pixels and channels
#include <mica/layers/spatial_dropout.hpp>

using Layer = mica::SpatialDropout<1, 2>;
Layer::On<mica::Shape<4>>::Output output;
