// expect: mica::Conv2d: the input must have three extents: height, width and channels
#include <mica/layers/conv2d.hpp>

using Layer = mica::Conv2d<8, 3>;
using Output = Layer::On<mica::Shape<784>>::Output;
Output output;
