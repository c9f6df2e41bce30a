// expect: mica::Dropout: the share that is dropped must be at least 0 and below 1
#include <mica/mica.hpp>

using Net = mica::Sequential<mica::Input<4>, mica::Dropout<5, 5>, mica::Dense<2>>;
using Params = Net::Params;
