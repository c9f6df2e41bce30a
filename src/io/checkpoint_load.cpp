#include "checkpoint_layout.hpp"
#include "short_name.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace io {
namespace {

// Reads the header, verifies everything, and reads the training record if there is one.
Status read_all_but_numbers(const ByteSource& source, CheckpointInfo& info, TrainingRecord& training) {
  if (Status status = read_header(source, info); !status.ok()) return status;
  if (info.kind != CheckpointKind::training) return {};
  unsigned char bytes[4 * most_training_words];
  std::uint32_t words[most_training_words];
  const std::uint32_t count = training_words + info.optimizer_settings;
  const std::uint64_t offset = training_record_offset(info);
  if (!source.read(offset, bytes, 4 * count)) return unreadable(source, offset);
  for (std::uint32_t i = 0; i < count; ++i) words[i] = get_word(bytes + 4 * i);
  if (!get_training_record(words, training)) return settings_out_of_range(source);
  for (std::uint32_t i = 0; i < info.optimizer_settings; ++i) training.settings[i] = words[training_words + i];
  info.steps = training.steps;
  info.position = training.position;
  return {};
}

Status another_architecture(const CheckpointInfo& wanted, const ByteSource& source, const CheckpointInfo& found) {
  Status::Message text;
  write_name(text, source.name()) << " holds the network ";
  text.hexadecimal(found.fingerprint) << " (" << found.parameters << " parameters, " << found.statistics
                                      << " statistics), but this one is ";
  text.hexadecimal(wanted.fingerprint) << " (" << wanted.parameters << ", " << wanted.statistics << ").";
  return Status::error(text);
}

Status another_part(const char* part, std::uint64_t wanted, const char* name, const ByteSource& source,
                    std::uint64_t found) {
  Status::Message text;
  write_name(text, source.name()) << " was trained with another " << part << " (";
  text.hexadecimal(found) << ") than this trainer's " << name << " (";
  return Status::error(text.hexadecimal(wanted) << ").");
}

}  // namespace

Status inspect(CheckpointInfo& info, const ByteSource& source) {
  CheckpointInfo found;
  TrainingRecord training;
  Status status = read_all_but_numbers(source, found, training);
  if (status.ok()) info = found;
  return status;
}

Status verify_checkpoint(const CheckpointInfo& wanted, const TrainerNames& names, const ByteSource& source,
                         CheckpointInfo& found, TrainingRecord& training) {
  if (Status status = read_all_but_numbers(source, found, training); !status.ok()) return status;
  if (found.fingerprint != wanted.fingerprint || found.parameters != wanted.parameters ||
      found.statistics != wanted.statistics) {
    return another_architecture(wanted, source, found);
  }
  if (wanted.kind == CheckpointKind::model) return {};

  Status::Message text;
  if (found.kind == CheckpointKind::model) {
    write_name(text, source.name()) << " holds a model only, but its training part was asked for: it was saved without "
                                       "a trainer.";
    return Status::error(text);
  }
  if (found.optimizer != wanted.optimizer || found.optimizer_state != wanted.optimizer_state ||
      found.optimizer_settings != wanted.optimizer_settings) {
    return another_part("optimizer", wanted.optimizer, names.optimizer, source, found.optimizer);
  }
  if (found.loss != wanted.loss) return another_part("loss", wanted.loss, names.loss, source, found.loss);
  if (found.batch != wanted.batch) {
    write_name(text, source.name()) << " was trained with batches of " << found.batch << ", but this trainer's hold "
                                    << wanted.batch << ": the model alone can be loaded.";
    return Status::error(text);
  }
  return {};
}

Status read_checkpoint(const CheckpointInfo& found, const CheckpointBlocks<float>& blocks, const ByteSource& source) {
  const bool training = blocks.optimizer_state != nullptr;
  float* const numbers[] = {blocks.parameters, blocks.statistics, blocks.optimizer_state, blocks.gradients};
  const std::uint32_t counts[] = {found.parameters, found.statistics, found.optimizer_state, found.gradients};
  unsigned char buffer[buffer_bytes];
  std::uint64_t offset = header_bytes;
  bool readable = true;
  for (int block = 0; block < (training ? 4 : 2); ++block) {
    for (std::uint32_t done = 0; done < counts[block];) {
      const std::uint32_t left = counts[block] - done;
      const std::uint32_t count = left < buffer_bytes / 4 ? left : std::uint32_t{buffer_bytes / 4};
      if (!source.read(offset, buffer, 4 * std::size_t{count})) readable = false;
      if (!readable) break;
      for (std::uint32_t i = 0; i < count; ++i) {
        const std::uint32_t bits = get_word(buffer + 4 * i);
        std::memcpy(numbers[block] + done + i, &bits, sizeof bits);
      }
      offset += 4 * std::uint64_t{count};
      done += count;
    }
  }
  if (!readable) {
    Status::Message text;
    write_name(text, source.name()) << " could no longer be read at byte " << static_cast<unsigned long long>(offset)
                                    << " after it had been verified; the model is now in part overwritten.";
    return Status::error(text);
  }
  if (blocks.gradients != nullptr && found.gradients == 0) {
    for (std::uint32_t i = 0; i < found.parameters; ++i) blocks.gradients[i] = 0;
  }
  return {};
}

}  // namespace io
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
