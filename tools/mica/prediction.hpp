#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "../models/reference_model.hpp"

namespace mica::command {

// Prediction: what a network makes of one sample.
struct Prediction {
  std::vector<float> sample;
  std::vector<float> outputs;
  int label = 0;  // the sample's own class, where it has one

  // Of a classifier: the outputs' softmax, and the most probable class.
  std::vector<float> probabilities;
  int best = 0;
  float confidence() const { return probabilities[static_cast<std::size_t>(best)]; }

  // Of a network that gives its sample back: the mean squared difference.
  float error = 0;
};

Prediction predict(const models::Network& network, const models::ModelFacts& facts, const models::Samples& samples,
                   int index);

// The share of the normal samples whose error is smaller than `error`.
float share_below(float error, const models::Network& network, const models::ModelFacts& facts,
                  const models::Samples& samples);

// The prediction on one line with every bit: "7 0000002a 3f7fffe1 ...", the class and the probabilities' bit patterns,
// or the error's bit pattern and those of the outputs.
std::string bits_line(const Prediction& prediction, models::Goal goal);

}  // namespace mica::command
