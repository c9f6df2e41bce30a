// What the other files here get wrong, done right.
#include <mica/mica.hpp>

namespace {

using Net = mica::Sequential<mica::Input<8, 8, 1>, mica::Dense<32>, mica::LeakyReLU<1, 100>, mica::Dense<10>>;

mica::Model<Net> model;
mica::Trainer<Net, mica::SoftmaxCrossEntropy, mica::SGD, 8> trainer;
mica::Fit<Net, mica::SoftmaxCrossEntropy, mica::SGD, 8> fit;
mica::Predictor<Net> predict;
mica::Tensor<float, 8, 8, 8, 1> images;
mica::Tensor<std::uint8_t, 8, 1> labels;
mica::Tensor<float, 1, 8, 8, 1> image;
mica::Tensor<float, 1, 10> scores;
float numbers[Net::parameters];

}  // namespace

int main() {
  model.initialize(1);
  const float loss = trainer.step(model, images, labels);
  const auto digits = mica::SyntheticDigits<Net::Input>::training(100, 1);
  const mica::Status status = fit.run(model, trainer, digits, [](const mica::Progress&) { return true; });
  predict(model, image, scores);
  predict(mica::model_from_image<Net>(numbers), image, scores);
  return status.ok() && loss > scores(0, 9) ? 0 : 1;
}
