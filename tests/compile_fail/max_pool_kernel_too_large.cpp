// expect: mica::MaxPool2d: the kernel is larger than the padded image
#include <mica/layers/max_pool2d.hpp>

using Layer = mica::MaxPool2d<3>;
using Output = Layer::On<mica::Shape<2, 9, 3>>::Output;
Output output;
