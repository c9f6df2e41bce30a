// expect: mica::Conv1d: the input must have two extents: length and channels
#include <mica/layers/conv1d.hpp>

using Layer = mica::Conv1d<8, 3>;
using Output = Layer::On<mica::Shape<28, 28, 1>>::Output;
Output output;
