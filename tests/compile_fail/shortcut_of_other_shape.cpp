// expect: mica::Residual: the layers must end in the shape that comes around them
#include <mica/mica.hpp>

using Block = mica::Residual<mica::Shortcut<mica::Conv2d<4, 1>>, mica::Conv2d<4, 3, mica::Same, 2>>;
using Net = mica::Sequential<mica::Input<8, 8, 2>, Block, mica::Dense<2>>;
mica::Model<Net> model;
