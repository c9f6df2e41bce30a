#pragma once

#include <mica/mica.hpp>

namespace mica::models {

// The network of MLPerf Tiny for anomaly detection: it learns to give sound machines' windows back through 8 numbers,
// and what it gives back badly is no sound machine. Paper: Banbury et al., "MLPerf Tiny benchmark", arXiv:2106.07597.
struct Autoencoder {
  static constexpr const char* name = "autoencoder";
  static constexpr const char* summary = "640-128-128-8-128-128-640, BatchNorm, ReLU";
  using Net = Sequential<Input<640>, Dense<128>, BatchNorm<>, ReLU, Dense<128>, BatchNorm<>, ReLU,  //
                         Dense<8>, BatchNorm<>, ReLU,                                               //
                         Dense<128>, BatchNorm<>, ReLU, Dense<128>, BatchNorm<>, ReLU, Dense<640>>;
  using Loss = MeanSquaredError;
  using Optimizer = Adam;
  static constexpr int batch = 64;
  static constexpr int epochs = 15;
  static constexpr Optimizer optimizer{0.001f};
};

}  // namespace mica::models
