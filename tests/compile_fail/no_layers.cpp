// expect: mica::Sequential: a network has at least one layer after its Input
#include <mica/mica.hpp>

using Net = mica::Sequential<mica::Input<4>>;
using Params = Net::Params;
