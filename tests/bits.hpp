// What the tests of the promise of the same bits everywhere share.
#pragma once

#include <cstdint>
#include <cstdio>

#include <doctest/doctest.h>
#include <mica/mica.hpp>

#include "support.hpp"

namespace tests {

constexpr std::uint64_t seed = 42;

// A network and all that trains it for one epoch.
template <class Net, class Optimizer, int batch>
struct Training {
  mica::Model<Net> model;
  mica::Trainer<Net, mica::SoftmaxCrossEntropy, Optimizer, batch> trainer;
  mica::Fit<Net, mica::SoftmaxCrossEntropy, Optimizer, batch> fit;
  float loss = 0;

  template <class Data>
  std::uint64_t run(const Data& data) {
    model.initialize(seed);
    trainer.reset();
    trainer.seed = seed;
    fit.seed = seed;
    const mica::Status status = fit.run(model, trainer, data, [&](const mica::Progress& progress) {
      loss = progress.training.loss;
      return true;
    });
    INFO(doctest::String(status.message()));
    CHECK(status.ok());
    return model.hash();
  }
};

// Compares a hash with the one of all ports.
inline void check_hash(const char* what, std::uint64_t found, std::uint64_t expected) {
  std::printf("%-28s %-8s %s\n", what, Native::name, Hex(found).text);
  if (fused) {
    CHECK(found == expected);
  } else {
    std::printf("  not compared: this build has no fused multiply-add\n");
  }
}

}  // namespace tests
