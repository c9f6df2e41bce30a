#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "goal.hpp"
#include "network.hpp"
#include "task.hpp"

namespace mica::models {

struct LayerFacts {
  std::string name;    // as it is written in the type: "Dense<10>"
  std::string output;  // "28x28x1"
  int parameters, statistics;
};

struct ModelFacts {
  const char* name;
  const char* summary;
  Goal goal;
  std::string network;  // the whole type
  std::string input;
  std::vector<LayerFacts> layers;
  std::string loss, optimizer;
  std::uint64_t fingerprint;
  int parameters, statistics;
  int inputs, outputs;
  std::size_t bytes_model;      // parameters and statistics
  std::size_t bytes_inference;  // the model and a Predictor for one sample
  std::size_t bytes_training;   // the model and a Trainer
  int batch, epochs;
  float learning_rate;
};

// ReferenceModel: a network that everybody calls by the same name.
class ReferenceModel {
 public:
  virtual ModelFacts facts() const = 0;
  virtual const Task& task() const = 0;
  virtual std::unique_ptr<Network> create() const = 0;

 protected:
  ~ReferenceModel() = default;
};

}  // namespace mica::models
