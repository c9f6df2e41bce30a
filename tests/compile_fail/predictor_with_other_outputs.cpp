// expect: mica: this tensor has the wrong shape
#include <mica/mica.hpp>

using Net = mica::Sequential<mica::Input<4>, mica::Dense<3>>;
const mica::Model<Net> model{};
mica::Predictor<Net> predict;
mica::Tensor<float, 1, 4> sample;
mica::Tensor<float, 1, 4> scores;

void run() { predict(model, sample, scores); }
