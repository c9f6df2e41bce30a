// expect: mica::ConvTranspose2d: the padding leaves no output
#include <mica/layers/conv_transpose2d.hpp>

using Layer = mica::ConvTranspose2d<8, 1, mica::Pad<2>>;
using Output = Layer::On<mica::Shape<4, 4, 3>>::Output;
Output output;
