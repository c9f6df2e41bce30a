#pragma once

namespace mica::models {

// Which of its two halves a data set gives out; they share no sample.
enum class Part { training, test };

}  // namespace mica::models
