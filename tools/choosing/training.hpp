#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>

#include <mica/mica.hpp>

#include "scores.hpp"

namespace mica::choosing {

constexpr int seeds = 3;

inline bool is_nan(float number) { return number != number; }

// Training: a network and all that its training needs. Everything random depends on one seed: the first weights, the
// order of the samples, dropout, augmentation.
template <class Network, class Optimizer = SGDMomentum, int batch = 32, class Loss = SoftmaxCrossEntropy,
          template <class> class Stopping = NeverStopping>
struct Training {
  using Net = Network;
  Model<Net> model;
  Trainer<Net, Loss, Optimizer, batch> trainer;
  Fit<Net, Loss, Optimizer, batch, Stopping> fit;
  Evaluator<Net, Loss, 100> evaluator;

  explicit Training(std::uint64_t seed) : model{} {
    model.initialize(seed);
    trainer.seed = fit.seed = seed;
  }

  // Steps in so many epochs.
  static int steps(int samples, int epochs) { return (samples + batch - 1) / batch * epochs; }

  // Calls after(model) after each step. A run whose loss is NaN is lost, and ends.
  template <class Data, class After>
  void run(const Data& data, int epochs, After after) {
    fit.epochs = epochs;
    const Status status = fit.run(model, trainer, data, [&](const Progress& progress) {
      if (!progress.epoch_ended) after(model);
      return !is_nan(progress.training.loss);
    });
    if (!status.ok()) std::fprintf(stderr, "%s\n", status.message()), std::exit(1);
  }
  template <class Data>
  void run(const Data& data, int epochs) {
    run(data, epochs, [](const Model<Net>&) {});
  }

  // In percent, at test time; metrics look on.
  template <class Data, class... Metric>
  double accuracy(const Data& data, Metric&... metric) {
    return accuracy_of(model, data, metric...);
  }
  template <class Data, class... Metric>
  double accuracy_of(const Model<Net>& tested, const Data& data, Metric&... metric) {
    Evaluation result;
    const Status status = evaluator.run(tested, data, result, metric...);
    if (!status.ok()) std::fprintf(stderr, "%s\n", status.message()), std::exit(1);
    return 100.0 * static_cast<double>(result.accuracy);
  }
};

// Trains with each seed and returns the test accuracies; set_up(training) makes the settings.
template <class Trained, class Data, class Test, class SetUp>
Scores accuracies(const Data& data, const Test& test, int epochs, SetUp set_up) {
  Scores scores;
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    const auto training = std::make_unique<Trained>(seed);
    set_up(*training);
    training->run(data, epochs);
    scores.add(training->accuracy(test));
  }
  return scores;
}

// The same at the best of several learning rates.
template <class Trained, class Data, class Test, class Rates>
Scores best_accuracies(const Data& data, const Test& test, int epochs, const Rates& rates) {
  Scores best;
  for (const float rate : rates) {
    Scores scores = accuracies<Trained>(data, test, epochs,
                                        [rate](auto& training) { training.trainer.optimizer.learning_rate = rate; });
    if (best.values.empty() || scores.mean() > best.mean()) best = scores;
  }
  return best;
}

}  // namespace mica::choosing
