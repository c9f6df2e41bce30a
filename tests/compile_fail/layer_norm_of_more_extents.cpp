// expect: mica::LayerNorm: the sample has fewer extents than are to be normalised
#include <mica/layers/layer_norm.hpp>

using Layer = mica::LayerNorm<3>;
Layer::On<mica::Shape<6, 2>>::Output output;
