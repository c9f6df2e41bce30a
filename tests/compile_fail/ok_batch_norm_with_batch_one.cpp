// A batch of one trains BatchNorm where there are pixels or the averages are frozen, and predicts everywhere.
#include <mica/mica.hpp>

namespace {

using Pixels = mica::Sequential<mica::Input<4, 4, 1>, mica::Conv2d<3, 3>, mica::BatchNorm<>, mica::Dense<2>>;
using Tuned = mica::Sequential<mica::Input<4>, mica::Dense<3>, mica::BatchNorm<mica::FrozenAverages>>;
using Net = mica::Sequential<mica::Input<4>, mica::Dense<3>, mica::BatchNorm<>>;

mica::Trainer<Pixels, mica::SoftmaxCrossEntropy, mica::SGD, 1> pixels;
mica::Trainer<Tuned, mica::SoftmaxCrossEntropy, mica::SGD, 1> tuned;
mica::Predictor<Net> predict;
mica::Model<Net> model;
mica::Model<mica::Folded<Net>> folded;
mica::Tensor<float, 4> sample;
mica::Tensor<float, 3> scores;

}  // namespace

int main() {
  mica::fold(model, folded);
  predict(model, sample, scores);
  return pixels.correct() + tuned.correct() + (scores[0] > 0 ? 1 : 0);
}
