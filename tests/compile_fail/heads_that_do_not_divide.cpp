// expect: mica::SelfAttention: the number of heads must divide the number of features
#include <mica/mica.hpp>

using Net = mica::Sequential<mica::Input<5, 7>, mica::SelfAttention<2>>;
static_assert(Net::parameters > 0, "");
