// What the templates of checkpoint.hpp hand to the loops that are compiled once.
#pragma once

#include <cstdint>

#include <mica/io/bytes.hpp>
#include <mica/io/checkpoint_info.hpp>
#include <mica/io/settings.hpp>
#include <mica/io/training_position.hpp>
#include <mica/namespace.hpp>
#include <mica/schedule.hpp>
#include <mica/status.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace io {

// CheckpointBlocks: the arrays of a checkpoint in the order of the file; Number is float or const float. Where the
// optimizer's state is null, the checkpoint's training part is not written or not read; the gradients are null where a
// trainer keeps none. Memory: four pointers.
template <class Number>
struct CheckpointBlocks {
  Number* parameters;
  Number* statistics;
  Number* optimizer_state;
  Number* gradients;
};

// TrainingRecord: what a training checkpoint holds beside arrays. Memory: 104 bytes.
struct TrainingRecord {
  std::uint64_t steps = 0;
  std::uint64_t seed = 0;  // the Trainer's
  float clip_norm = 0;
  Schedule schedule;
  TrainingPosition position;
  std::uint32_t settings[most_settings] = {};  // the optimizer's
};

// Writes a checkpoint as `info` describes it; `training` is null for a model's. Fails if the sink does, or, before
// anything is written, if a number of `training` is outside the range that loading accepts.
Status write_checkpoint(const CheckpointInfo& info, const CheckpointBlocks<const float>& blocks,
                        const TrainingRecord* training, ByteSink& sink);

// The names of a trainer's parts in messages.
struct TrainerNames {
  const char* optimizer;
  const char* loss;
};

// Verifies the whole checkpoint, and that it is the one that was asked for: the architecture of `wanted`, and, if
// `wanted` is a training checkpoint, its optimizer, loss and batch. `found` is what the file holds.
Status verify_checkpoint(const CheckpointInfo& wanted, const TrainerNames& names, const ByteSource& source,
                         CheckpointInfo& found, TrainingRecord& training);

// Reads the arrays of a verified checkpoint. Fails only if the device does.
Status read_checkpoint(const CheckpointInfo& found, const CheckpointBlocks<float>& blocks, const ByteSource& source);

// Whether all numbers are +0.
bool all_zero(const float* numbers, int count);

Status settings_out_of_range(const ByteSource& source);
// For a trainer that keeps no gradient.
Status needs_gradient(const ByteSource& source);
Status step_incomplete(int waiting, const ByteSink& sink);

}  // namespace io
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
