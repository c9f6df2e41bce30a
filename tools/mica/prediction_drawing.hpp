// Predictions as pictures in the terminal.
#pragma once

#include "../models/samples.hpp"
#include "prediction.hpp"
#include "terminal.hpp"

namespace mica::command {

// One picture with a bar for each class beside it; without a picture the bars alone.
void print_prediction(const models::Picture& picture, const Prediction& prediction, const Terminal& terminal);

// The first few samples side by side, each with what the network says and whether that is right.
void print_gallery(const models::Network& network, const models::ModelFacts& facts, const models::Samples& samples,
                   const Terminal& terminal);

}  // namespace mica::command
