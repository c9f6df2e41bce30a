// expect: mica::ConvTranspose2d: output_padding must be smaller than the stride or the dilation
#include <mica/layers/conv_transpose2d.hpp>

mica::ConvTranspose2d<8, 3, mica::Pad<1>, 2, 2> layer;
