// Predictions as pictures in the terminal.
#pragma once

#include "prediction.hpp"
#include "terminal.hpp"

namespace mica::command {

// The sample's picture with a bar for each class beside it; without a picture the bars alone.
void print_prediction(const models::Task& task, const Prediction& prediction, const Terminal& terminal);

// The sample's picture, and below it that of what the network gives back.
void print_reconstruction(const models::Task& task, const Prediction& prediction, const Terminal& terminal);

// The first few samples side by side, each with what the network says and whether that is right.
void print_gallery(const models::Network& network, const models::ReferenceModel& model, const models::Samples& samples,
                   const Terminal& terminal);

}  // namespace mica::command
