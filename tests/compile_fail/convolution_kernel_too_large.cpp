// expect: mica::Conv2d: the kernel is larger than the padded image
#include <mica/layers/conv2d.hpp>

using Layer = mica::Conv2d<8, 5, mica::Pad<0, 0, 1, 1>>;
using Output = Layer::On<mica::Shape<4, 4, 1>>::Output;
Output output;
