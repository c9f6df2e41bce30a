// expect: mica::Concat: the branches must end in shapes that differ only in their channels, the last extent
#include <mica/mica.hpp>

using Block = mica::Concat<mica::Branch<mica::Conv2d<4, 1>>, mica::Branch<mica::Conv2d<4, 3>>>;
using Net = mica::Sequential<mica::Input<8, 8, 2>, Block, mica::Dense<2>>;
mica::Model<Net> model;
