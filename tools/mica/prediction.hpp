#pragma once

#include <string>
#include <vector>

#include "../models/reference_model.hpp"

namespace mica::command {

// Prediction: what a network makes of one sample.
struct Prediction {
  std::vector<float> outputs;        // one per class
  std::vector<float> probabilities;  // their softmax
  int label = 0;                     // the sample's own class, where it has one
  int best = 0;                      // the most probable class

  float confidence() const { return probabilities[static_cast<std::size_t>(best)]; }
};

Prediction predict(const models::Network& network, const models::ModelFacts& facts, const models::Samples& samples,
                   int index);

// The prediction on one line with every bit: "7 0000002a 3f7fffe1 ...", the class and the probabilities' bit patterns.
std::string bits_line(const Prediction& prediction);

}  // namespace mica::command
