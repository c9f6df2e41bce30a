// expect: mica::MaxPool2d: the last rows or columns of the image would be left out. Say DropBorder
#include <mica/layers/max_pool2d.hpp>

using Layer = mica::MaxPool2d<2>;
using Output = Layer::On<mica::Shape<28, 7, 3>>::Output;
Output output;
