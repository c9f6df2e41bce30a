// expect: mica::DepthwiseConv2d: the kernel is larger than the padded image
#include <mica/layers/depthwise_conv2d.hpp>

using Layer = mica::DepthwiseConv2d<3, mica::Valid, 1, 2>;
using Output = Layer::On<mica::Shape<4, 8, 3>>::Output;
Output output;
