// The digits that reference models see; the synthetic ones do not depend on the seed of a training run.
#pragma once

#include <cstdint>

#include "task.hpp"

namespace mica::models {

// SyntheticDigits::training(synthetic_training_digits, synthetic_seed) and ::testing(synthetic_test_digits, ...).
constexpr std::uint64_t synthetic_seed = 1;
constexpr int synthetic_training_digits = 20000;
constexpr int synthetic_test_digits = 4000;

// Digits in images of 28x28 pixels, and of 8x8 for the smallest boards.
const Task& digits28();
const Task& digits8();

}  // namespace mica::models
