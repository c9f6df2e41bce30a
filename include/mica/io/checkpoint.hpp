#pragma once

#include <mica/io/checkpoint_parts.hpp>
#include <mica/model.hpp>
#include <mica/namespace.hpp>
#include <mica/trainer.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace io {

// Checkpoints: a model, or a model and its training, as bytes that are the same on every machine
// (docs/files.md). A sink or source may be a file (io/file.hpp), an array, or flash.
//   model checkpoint      parameters and statistics
//   training checkpoint   also the optimizer's state and settings, the gradient if one is under way, the steps taken,
//                         the seeds, the schedule and the position in the data: training goes on bit for bit
// Loading verifies the whole checkpoint before it changes anything. Settings come from the file; set others afterwards.
// Only clip_value and micro_batches are the program's own, and a step of several micro-batches must be complete.
// Memory: up to 2.5 KB of stack; nothing is copied.
// Errors: those of inspect(), another architecture, no training part, another optimizer, loss or batch; model, trainer
// and position then stay as they were. Only a source that fails after it was verified can leave them in part
// overwritten, and the sentence says so.

template <class Net>
constexpr CheckpointInfo model_checkpoint_info() {
  CheckpointInfo info;
  info.fingerprint = Net::fingerprint();
  info.parameters = static_cast<std::uint32_t>(Net::parameters);
  info.statistics = static_cast<std::uint32_t>(Net::statistics);
  return info;
}

template <class Net, class Loss, class Optimizer, int batch>
constexpr CheckpointInfo training_checkpoint_info() {
  using Trained = Trainer<Net, Loss, Optimizer, batch>;
  DescriptionHash optimizer, loss;
  Optimizer::describe(optimizer);
  Loss::describe(loss);
  CheckpointInfo info = model_checkpoint_info<Net>();
  info.kind = CheckpointKind::training;
  info.batch = static_cast<std::uint32_t>(batch);
  info.optimizer = optimizer.value;
  info.loss = loss.value;
  info.optimizer_state = static_cast<std::uint32_t>(Trained::state_count);
  info.optimizer_settings = static_cast<std::uint32_t>(member_count<decltype(Trained::optimizer)>());
  return info;
}

// Writes a model checkpoint.
template <class Net>
Status save(const Model<Net>& model, ByteSink& sink) {
  constexpr CheckpointInfo info = model_checkpoint_info<Net>();
  return write_checkpoint(info, {model.parameters(), model.statistics(), nullptr, nullptr}, nullptr, sink);
}

// Takes the model out of a checkpoint of either kind.
template <class Net>
Status load(Model<Net>& model, const ByteSource& source) {
  constexpr CheckpointInfo wanted = model_checkpoint_info<Net>();
  CheckpointInfo found;
  TrainingRecord training;
  if (Status status = verify_checkpoint(wanted, {"", ""}, source, found, training); !status.ok()) return status;
  return read_checkpoint(found, {model.parameters(), model.statistics(), nullptr, nullptr}, source);
}

// Writes a training checkpoint.
template <class Net, class Loss, class Optimizer, int batch, class Check, class Executor>
Status save(const Model<Net>& model, const Trainer<Net, Loss, Optimizer, batch, Check, Executor>& trainer,
            const TrainingPosition& position, ByteSink& sink) {
  CheckpointInfo info = training_checkpoint_info<Net, Loss, Optimizer, batch>();
  TrainingRecord training;
  const float* gradients = nullptr;
  if constexpr (Trainer<Net, Loss, Optimizer, batch>::keeps_gradient) {
    if (trainer.waiting() > 0) return step_incomplete(trainer.waiting(), sink);
    gradients = trainer.gradients();
    // Between steps the gradient is 0 and takes no room.
    info.gradients = all_zero(gradients, Net::parameters) ? 0 : info.parameters;
    training.clip_norm = trainer.clip_norm;
  }
  training.steps = static_cast<std::uint64_t>(trainer.steps());
  training.seed = trainer.seed;
  training.schedule = trainer.schedule;
  training.position = position;
  SettingsToWords settings{training.settings};
  visit_members(trainer.optimizer, settings);
  return write_checkpoint(info, {model.parameters(), model.statistics(), trainer.state(), gradients}, &training, sink);
}

// Takes model, trainer and position out of a training checkpoint.
template <class Net, class Loss, class Optimizer, int batch, class Check, class Executor>
Status load(Model<Net>& model, Trainer<Net, Loss, Optimizer, batch, Check, Executor>& trainer,
            TrainingPosition& position, const ByteSource& source) {
  constexpr CheckpointInfo wanted = training_checkpoint_info<Net, Loss, Optimizer, batch>();
  Text<31> optimizer_name, loss_name;
  Optimizer::describe(optimizer_name);
  Loss::describe(loss_name);
  CheckpointInfo found;
  TrainingRecord training;
  const TrainerNames names = {optimizer_name.c_str(), loss_name.c_str()};
  if (Status status = verify_checkpoint(wanted, names, source, found, training); !status.ok()) return status;
  constexpr bool keeps_gradient = Trainer<Net, Loss, Optimizer, batch>::keeps_gradient;
  if (!keeps_gradient && (found.gradients > 0 || training.clip_norm > 0)) return needs_gradient(source);
  auto optimizer = trainer.optimizer;
  SettingsFromWords settings{training.settings};
  visit_members(optimizer, settings);
  if (!settings.valid) return settings_out_of_range(source);

  float* gradients = nullptr;
  if constexpr (keeps_gradient) gradients = trainer.gradients();
  Status status = read_checkpoint(found, {model.parameters(), model.statistics(), trainer.state(), gradients}, source);
  if (!status.ok()) return status;
  trainer.optimizer = optimizer;
  trainer.schedule = training.schedule;
  if constexpr (keeps_gradient) trainer.clip_norm = training.clip_norm;
  trainer.seed = training.seed;
  trainer.resume_at(static_cast<long>(training.steps));
  position = training.position;
  return status;
}

}  // namespace io
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
