// expect: mica::Reestimator: this network has no running averages
#include <mica/mica.hpp>

using Net = mica::Sequential<mica::Input<6>, mica::Dense<2>>;
mica::Reestimator<Net, mica::SoftmaxCrossEntropy, 4> reestimator;
