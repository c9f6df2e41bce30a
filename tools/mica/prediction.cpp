#include "prediction.hpp"

#include <algorithm>
#include <cstring>

#include <mica/kernels/arrays.hpp>
#include <mica/kernels/reductions.hpp>
#include <mica/kernels/softmax.hpp>

#include "../models/refusal.hpp"
#include "format.hpp"

namespace mica::command {
namespace {

using models::Goal;

float mean_squared_difference(const std::vector<float>& a, const std::vector<float>& b) {
  const int n = static_cast<int>(a.size());
  std::vector<float> difference(a.size());
  kernels::subtract(n, 1.0f, a.data(), b.data(), difference.data());
  return kernels::sum_of_squares(n, difference.data()) / static_cast<float>(n);
}

std::string bits_of(float number) {
  std::uint32_t bits;
  std::memcpy(&bits, &number, sizeof bits);
  return hexadecimal(bits, 8);
}

}  // namespace

Prediction predict(const models::Network& network, const models::ModelFacts& facts, const models::Samples& samples,
                   int index) {
  Prediction prediction;
  prediction.sample.resize(static_cast<std::size_t>(facts.inputs));
  models::check(samples.read(index, prediction.sample.data()));
  prediction.label = samples.label(index);
  prediction.outputs.resize(static_cast<std::size_t>(facts.outputs));
  network.predict(prediction.sample.data(), prediction.outputs.data());
  if (facts.goal == Goal::anomaly_detection) {
    prediction.error = mean_squared_difference(prediction.outputs, prediction.sample);
    return prediction;
  }
  prediction.probabilities.resize(prediction.outputs.size());
  kernels::softmax(1, facts.outputs, prediction.outputs.data(), prediction.probabilities.data());
  const auto first = prediction.probabilities.begin();
  prediction.best = static_cast<int>(std::max_element(first, prediction.probabilities.end()) - first);
  return prediction;
}

float share_below(float error, const models::Network& network, const models::ModelFacts& facts,
                  const models::Samples& samples) {
  int normal = 0, below = 0;
  for (int i = 0; i < samples.size(); ++i) {
    if (samples.label(i) != 0) continue;
    ++normal;
    below += predict(network, facts, samples, i).error < error ? 1 : 0;
  }
  return normal > 0 ? static_cast<float>(below) / static_cast<float>(normal) : 0.0f;
}

std::string bits_line(const Prediction& prediction, Goal goal) {
  const bool classifies = goal == Goal::classification;
  std::string line = classifies ? std::to_string(prediction.best) : bits_of(prediction.error);
  for (const float number : classifies ? prediction.probabilities : prediction.outputs) line += " " + bits_of(number);
  return line;
}

}  // namespace mica::command
