// expect: mica::Residual: the layers must end in the shape that comes around them
#include <mica/mica.hpp>

using Net = mica::Sequential<mica::Input<8>, mica::Residual<mica::Dense<7>>, mica::Dense<2>>;
mica::Model<Net> model;
