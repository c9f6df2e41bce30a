// Handwritten digits with a small convolutional network: train, test, and look at one.
// To change: the layers of Net; and the data: `digits FOLDER` takes the four files of MNIST there, or what `mica convert`
// wrote from your own images, of 28x28 pixels; without it digits are drawn. A second argument is another seed.
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <mica/io/file.hpp>
#include <mica/mica.hpp>

using Net = mica::Sequential<mica::Input<28, 28, 1>, mica::Conv2d<6, 3, mica::Same, 2>, mica::ReLU, mica::MaxPool2d<2>,
                             mica::Conv2d<12, 3, mica::Same>, mica::ReLU, mica::Dense<10>>;
using Loss = mica::SoftmaxCrossEntropy;

static mica::Model<Net> model;
static mica::Trainer<Net, Loss, mica::Adam, 32> trainer;
static mica::Fit<Net, Loss, mica::Adam, 32> fit;
static mica::Evaluator<Net, Loss, 32> evaluator;

// Trains, measures on data that it has not seen, and shows what it makes of the first of them.
template <class Data>
static int run(const Data& training, const Data& test, std::uint64_t seed) {
  model.initialize(seed);
  fit.seed = trainer.seed = seed;
  trainer.optimizer.learning_rate = 0.005f;
  fit.epochs = 5;
  mica::Status status = fit.run(model, trainer, training, [](const mica::Progress& p) {
    if (p.epoch_ended) std::printf("epoch %d: loss %.3f\n", p.epoch, static_cast<double>(p.training.loss));
    return true;
  });
  mica::Evaluation result;
  if (status.ok()) status = evaluator.run(model, test, result);
  static mica::Tensor<float, 28, 28, 1> image;
  std::uint8_t label = 0;
  if (status.ok()) status = test.read(0, image.data(), label);
  if (!status.ok()) return std::puts(status.message()), 1;

  for (int i = 0; i < 28 * 28; ++i) {
    const float brightness = image.values[i] - test.black();
    std::printf("%c%s", brightness > 2 ? '#' : brightness > 1 ? '+' : ' ', i % 28 == 27 ? "\n" : "");
  }
  static mica::Predictor<Net> predict;
  mica::Tensor<float, 10> scores;
  predict(model, image, scores);
  int best = 0;
  for (int c = 1; c < 10; ++c) best = scores[c] > scores[best] ? c : best;
  std::printf("taken for a %d, and it is a %d; accuracy on %d others: %.3f\n", best, label, test.size(),
              static_cast<double>(result.accuracy));
  return result.accuracy > 0.9f ? 0 : 1;
}

// Both files of one part of the data.
struct Files {
  mica::io::FileSource images, labels;
  mica::IdxDataset<Net::Input> data;

  mica::Status open(const char* folder, const char* part) {
    char path[mica::io::longest_path];
    std::snprintf(path, sizeof path, "%s/%s-images-idx3-ubyte", folder, part);
    mica::Status status = images.open(path);
    std::snprintf(path, sizeof path, "%s/%s-labels-idx1-ubyte", folder, part);
    if (status.ok()) status = labels.open(path);
    return status.ok() ? data.open(images, labels) : status;
  }
};

int main(int count, char** words) {
  const std::uint64_t seed = count > 2 ? static_cast<std::uint64_t>(std::atoi(words[2])) : 42;
  if (count < 2 || std::strlen(words[1]) == 0) {
    using Drawn = mica::SyntheticDigits<Net::Input>;
    return run(Drawn::training(3000, seed), Drawn::testing(1000, seed), seed);
  }
  static Files training, test;
  mica::Status status = training.open(words[1], "train");
  if (status.ok()) status = test.open(words[1], "t10k");
  if (!status.ok()) return std::puts(status.message()), 1;
  return run(training.data, test.data, seed);
}
