#pragma once

#include <algorithm>
#include <cmath>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include <mica/mica.hpp>

#include "../models/refusal.hpp"

#include "digits.hpp"

namespace mica::labs {

// Drawn: an initializer whose variance is chosen when the lab runs, so that one type of network serves all choices:
// Var(w) = Drawn::variance(fan-in, fan-out).
struct Drawn {
  enum class Shape { normal, uniform, constant };
  static inline double over_inputs = 2;  // Var(w) = over_inputs / fan-in, or with both
  static inline bool both_fans = false;  // ... / ((fan-in + fan-out) / 2)
  static inline Shape shape = Shape::normal;

  template <class T>
  static void fill(T* weights, int rows, int columns, Fan fan, Activation, Random random) {
    const double n = both_fans ? 0.5 * (fan.in + fan.out) : fan.in;
    const auto variance = static_cast<float>(over_inputs / n);
    if (shape == Shape::normal) NormalDistribution::fill(weights, rows * columns, variance, random);
    if (shape == Shape::uniform) UniformDistribution::fill(weights, rows * columns, variance, random);
    if (shape == Shape::constant) {
      for (int i = 0; i < rows * columns; ++i) weights[i] = static_cast<T>(over_inputs);
    }
  }
};

// Repeated<Start, n, Layers...>: a network with n times the same layers behind its start.
template <class Start, int times, class... Layers>
struct RepeatedOf;
template <class... Before, int times, class... Layers>
struct RepeatedOf<Sequential<Before...>, times, Layers...>
    : RepeatedOf<Sequential<Before..., Layers...>, times - 1, Layers...> {};
template <class... Before, class... Layers>
struct RepeatedOf<Sequential<Before...>, 0, Layers...> {
  template <class... Last>
  using With = Sequential<Before..., Last...>;
};

// "Dense 3": what a layer is and the how-manieth from the bottom, counted from 1.
template <class Net>
std::string layer_name(int layer) {
  char text[200];
  SentenceWriter writer(text, sizeof text);
  Diagnostics<Net>::write_name(layer, writer);
  return std::string(text).substr(0, std::string(text).find_first_of("<")) + " " + std::to_string(layer + 1);
}

// Score: of a network on data at test time.
struct Score {
  double loss = 0, accuracy = 0;  // accuracy as a share
  double error() const { return 1 - accuracy; }
  double error_percent() const { return 100 * error(); }
};

// Run: a network in training. Everything random depends on the seed.
template <class Network, class Optimizer = SGDMomentum, int batch = 32>
struct Run {
  using Net = Network;
  using Loss = SoftmaxCrossEntropy;
  static constexpr int inputs = Net::Input::size, outputs = Net::Output::size;

  Model<Net> model{};
  Trainer<Net, Loss, Optimizer, batch> trainer;
  Predictor<Net, 100> predict;
  Diagnostics<Net> look;
  std::uint64_t seed;

  explicit Run(std::uint64_t s) : seed(s) {
    model.initialize(s);
    trainer.seed = s;
  }

  // One step on the next batch of a fresh random order for each epoch; watched if asked for.
  double step(const Digits& data, bool watch = false) {
    const int batches = std::max(1, data.size() / batch);
    const int epoch = steps_ / batches, first = steps_ % batches * batch;
    const int size = std::min(batch, data.size());
    const Permutation order(static_cast<std::uint32_t>(data.size()),
                            Random(seed).fork(5).fork(static_cast<std::uint32_t>(epoch)));
    for (int i = 0; i < size; ++i) {
      const int index = static_cast<int>(order(static_cast<std::uint32_t>(first + i)));
      std::memcpy(x_ + i * inputs, data.image(index), sizeof(float) * inputs);
      labels_[i] = data.label(index);
    }
    ++steps_;
    const BatchView<const float, typename Net::Input> x(x_, size);
    const float loss = watch ? trainer.step(model, x, {labels_, size}, look) : trainer.step(model, x, {labels_, size});
    return static_cast<double>(loss);
  }
  int steps_per_epoch(const Digits& data) const { return std::max(1, data.size() / batch); }
  // Mean loss over so many steps.
  double train(const Digits& data, int steps) {
    double sum = 0;
    for (int i = 0; i < steps; ++i) sum += step(data);
    return sum / std::max(1, steps);
  }
  double train_epochs(const Digits& data, int epochs) { return train(data, epochs * steps_per_epoch(data)); }

  // The scores that the network gives to data, `outputs` of them to each.
  std::vector<float> scores(const Digits& data) {
    std::vector<float> y(static_cast<std::size_t>(data.size()) * outputs);
    for (int first = 0; first < data.size(); first += 100) {
      const int size = std::min(100, data.size() - first);
      predict(model, {data.image(first), size}, {y.data() + static_cast<std::ptrdiff_t>(first) * outputs, size});
    }
    return y;
  }
  Score test(const Digits& data) { return score_of(scores(data), data); }

  static Score score_of(const std::vector<float>& y, const Digits& data) {
    Score score;
    for (int i = 0; i < data.size(); ++i) {
      const float* const row = y.data() + static_cast<std::ptrdiff_t>(i) * outputs;
      const float most = *std::max_element(row, row + outputs);
      double sum = 0;
      for (int c = 0; c < outputs; ++c) sum += std::exp(static_cast<double>(row[c] - most));
      score.loss += std::log(sum) - static_cast<double>(row[data.label(i)] - most);
      score.accuracy += std::max_element(row, row + outputs) - row == data.label(i);
    }
    score.loss /= data.size();
    score.accuracy /= data.size();
    return score;
  }

 private:
  int steps_ = 0;
  float x_[batch * inputs];
  std::uint8_t labels_[batch];
};

// A run in memory of its own.
template <class R>
std::unique_ptr<R> start(std::uint64_t seed) {
  return std::make_unique<R>(seed);
}

}  // namespace mica::labs
