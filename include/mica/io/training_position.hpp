#pragma once

#include <cstdint>

#include <mica/namespace.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace io {

// TrainingPosition: where in its data a training run stands, beside what the Trainer knows itself. A run is taken up
// again with Fit::first_epoch = epoch + 1, Fit::seed = seed and, with EarlyStopping, its best_epoch and best_loss; the
// best weights are a second checkpoint.
// Memory: 32 bytes. Counts are below 2^31.
struct TrainingPosition {
  std::uint32_t epoch = 0;       // how many epochs are complete
  std::uint32_t samples = 0;     // trained on in the epoch after them: 0 at an epoch's end
  std::uint64_t seed = 0;        // of the order of the samples
  std::uint32_t best_epoch = 0;  // of early stopping; 0: none yet
  float best_loss = 0;
};

}  // namespace io
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
