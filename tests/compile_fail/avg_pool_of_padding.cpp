// expect: mica::AvgPool2d: the padding is so large that a window holds nothing else
#include <mica/layers/avg_pool2d.hpp>

using Layer = mica::AvgPool2d<2, 1, mica::Pad<2>>;
using Output = Layer::On<mica::Shape<4, 4, 3>>::Output;
Output output;
