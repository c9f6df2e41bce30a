// Which synthetic digits the reference models see. They do not depend on the seed of a training run.
#pragma once

#include <cstdint>

#include "task.hpp"

namespace mica::models {

// SyntheticDigits::training(synthetic_training_digits, synthetic_seed) and ::testing(synthetic_test_digits, ...).
constexpr std::uint64_t synthetic_seed = 1;
constexpr int synthetic_training_digits = 20000;
constexpr int synthetic_test_digits = 4000;

}  // namespace mica::models
