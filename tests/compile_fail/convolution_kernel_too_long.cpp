// expect: mica::Conv1d: the kernel is longer than the padded sequence
#include <mica/layers/conv1d.hpp>

using Layer = mica::Conv1d<8, 7, mica::Pad<1>>;
using Output = Layer::On<mica::Shape<4, 2>>::Output;
Output output;
