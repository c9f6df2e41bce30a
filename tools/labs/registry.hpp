#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "digits.hpp"
#include "report.hpp"

namespace mica::labs {

// Context: what a lab is given.
struct Context {
  Report& report;
  const Source& digits;
  bool quick;
  std::uint64_t seed;

  // The first number in a full run, the second in a quick one.
  template <class T>
  T full_or_quick(T full, T in_quick) const {
    return quick ? in_quick : full;
  }
};

// Lab: an experiment with its claims.
struct Lab {
  const char* name;
  Text title, question;
  void (*run)(Context&);
};

// Each is in lessons/, in the file of its name.
extern const Lab zero_init, symmetry, init_variance, weights_barely_move, layer_norm, layer_norm_cost, batch_norm,
    batch_norm_test_time, batch_size, standardise, vanishing, saturation, exploding, xavier_he, maclaurin,
    distributions, prelu, weight_decay, dropout, interaction, memorise, early_stopping, double_descent,
    nearest_neighbour, inductive_bias, norms;
// Empty without MICA_BUILD_LABS.
const std::vector<const Lab*>& all_labs();

// Settings: what `mica lab run` was asked for.
struct Settings {
  std::string data, out;
  bool quick = false;
  Language language = Language::english;
  std::uint64_t seed = 1;
};

// Runs the labs one after the other and writes their pages, and an index if there are several; returns how many claims
// failed.
int run_labs(const std::vector<const Lab*>& labs, const Settings& settings);

}  // namespace mica::labs
