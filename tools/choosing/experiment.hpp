#pragma once

#include <ostream>

#include "digits.hpp"

namespace mica::choosing {

// What an experiment is given: the digits, and where its tables go.
struct Context {
  Source digits;
  std::ostream& out;
};

// One question each, in a file of the same name.
void activations(Context& context);
void averaging(Context& context);
void batches(Context& context);
void class_weights(Context& context);
void clipping(Context& context);
void deep(Context& context);
void device(Context& context);
void dropout(Context& context);
void initializers(Context& context);
void little_data(Context& context);
void losses(Context& context);
void noisy_labels(Context& context);
void normalization(Context& context);
void optimizers(Context& context);
void schedules(Context& context);
void sequences(Context& context);
void tuning(Context& context);

}  // namespace mica::choosing
