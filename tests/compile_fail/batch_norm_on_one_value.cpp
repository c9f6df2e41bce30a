// expect: mica::BatchNorm: a batch of one sample without pixels has no variance to train with
#include <mica/layers/batch_norm.hpp>

using Layer = mica::BatchNorm<>;
Layer::On<mica::Shape<3>>::Cache<1> what_training_keeps;
