// The network of the README: written once as a type, trained, then used for a prediction.
#include <cstdio>
#include <mica/mica.hpp>

using Net = mica::Sequential<mica::Input<28, 28, 1>, mica::Dense<64>, mica::ReLU, mica::Dense<10>>;
using Loss = mica::SoftmaxCrossEntropy;
using Optimizer = mica::SGDMomentum;

static mica::Model<Net> model;                           // what is learnt; const, it may live in flash
static mica::Trainer<Net, Loss, Optimizer, 32> trainer;  // everything training needs, for batches of 32
static mica::Fit<Net, Loss, Optimizer, 32> fit;          // the loop over the data
static mica::Predictor<Net> predict;                     // two activation buffers, no gradients
static_assert(sizeof(model) + sizeof(trainer) < 656 * 1024);

int main() {
  const auto digits = mica::SyntheticDigits<mica::Shape<28, 28, 1>>::training(4000, /*seed*/ 42);
  model.initialize(/*seed*/ 42);  // each layer's initializer, chosen from the activation that follows it
  fit.epochs = 3;
  const mica::Status status = fit.run(model, trainer, digits, [](const mica::Progress& p) {
    if (p.epoch_ended) std::printf("epoch %d: loss %.3f\n", p.epoch, static_cast<double>(p.training.loss));
    return true;  // go on
  });
  if (!status.ok()) return std::puts(status.message()), 1;

  mica::Tensor<float, 28, 28, 1> image;
  mica::Tensor<float, 10> scores;
  std::uint8_t label = 0;
  if (!digits.read(0, image.data(), label).ok()) return 1;
  predict(model, image, scores);
  std::printf("a %d scores %.2f\n", label, static_cast<double>(scores[label]));
}
