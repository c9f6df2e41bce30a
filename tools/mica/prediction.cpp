#include "prediction.hpp"

#include <algorithm>
#include <cstring>

#include "../models/refusal.hpp"
#include "format.hpp"

namespace mica::command {

Prediction predict(const models::Network& network, const models::ModelFacts& facts, const models::Samples& samples,
                   int index) {
  Prediction prediction;
  std::vector<float> sample(static_cast<std::size_t>(facts.inputs));
  std::uint8_t label = 0;
  models::check(samples.read(index, sample.data(), label));
  prediction.label = label;
  prediction.outputs.resize(static_cast<std::size_t>(facts.outputs));
  prediction.probabilities.resize(prediction.outputs.size());
  network.predict(sample.data(), prediction.outputs.data(), prediction.probabilities.data());
  const auto first = prediction.probabilities.begin();
  prediction.best = static_cast<int>(std::max_element(first, prediction.probabilities.end()) - first);
  return prediction;
}

std::string bits_line(const Prediction& prediction) {
  std::string line = std::to_string(prediction.best);
  for (const float probability : prediction.probabilities) {
    std::uint32_t bits;
    std::memcpy(&bits, &probability, sizeof bits);
    line += " " + hexadecimal(bits, 8);
  }
  return line;
}

}  // namespace mica::command
