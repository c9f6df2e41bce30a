// expect: no member named .*clip_norm
#include <mica/mica.hpp>

using Net = mica::Sequential<mica::Input<4>, mica::Dense<4>>;
mica::Trainer<Net, mica::SoftmaxCrossEntropy, mica::FusedUpdate<mica::SGD>, 8> trainer;
void limit() { trainer.clip_norm = 1; }
