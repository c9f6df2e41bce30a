// expect: mica::model_from_image: the image does not hold as many numbers as this network has
#include <mica/mica.hpp>

using Net = mica::Sequential<mica::Input<4>, mica::Dense<3>>;
const float image[16] = {};
const mica::Model<Net>& model = mica::model_from_image<Net>(image);
