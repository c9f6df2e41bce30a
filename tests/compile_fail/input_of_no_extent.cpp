// expect: mica::Shape: every extent must be at least 1
#include <mica/mica.hpp>

using Net = mica::Sequential<mica::Input<28, 0, 1>, mica::Dense<10>>;
using Params = Net::Params;
