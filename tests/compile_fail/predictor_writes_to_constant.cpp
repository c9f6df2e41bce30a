// expect: const float
#include <mica/mica.hpp>

using Net = mica::Sequential<mica::Input<4>, mica::Dense<3>>;
const mica::Model<Net> model{};
mica::Predictor<Net> predict;
mica::Tensor<float, 1, 4> sample;
const mica::Tensor<float, 1, 3> scores{};

void run() { predict(model, sample, scores); }
