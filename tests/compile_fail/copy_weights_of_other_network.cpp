// expect: mica::copy_weights: the two networks must be the same but for Frozen
#include <mica/mica.hpp>

using Net = mica::Sequential<mica::Input<8>, mica::Dense<7>, mica::Dense<2>>;
using Other = mica::Sequential<mica::Input<8>, mica::Frozen<mica::Dense<6>>, mica::Dense<2>>;
void run(const mica::Model<Net>& model, mica::Model<Other>& other) { mica::copy_weights(model, other); }
