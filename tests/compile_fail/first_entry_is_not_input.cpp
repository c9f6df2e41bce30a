// expect: the first entry must be Input<\.\.\.>, the shape of one sample
#include <mica/mica.hpp>

using Net = mica::Sequential<mica::Dense<10>, mica::ReLU>;
using Params = Net::Params;
