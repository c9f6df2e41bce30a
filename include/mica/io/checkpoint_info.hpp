#pragma once

#include <cstdint>

#include <mica/io/bytes.hpp>
#include <mica/io/training_position.hpp>
#include <mica/namespace.hpp>
#include <mica/status.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace io {

enum class CheckpointKind : std::uint32_t { model = 1, training = 2 };

// CheckpointInfo: what a checkpoint says about itself. Memory: 96 bytes.
struct CheckpointInfo {
  static constexpr std::uint32_t newest_version = 1;

  std::uint32_t version = newest_version;
  CheckpointKind kind = CheckpointKind::model;
  std::uint64_t fingerprint = 0;  // Net::fingerprint()
  std::uint32_t parameters = 0, statistics = 0;

  // Of a training checkpoint; 0 in a model's.
  std::uint32_t batch = 0;
  std::uint64_t optimizer = 0, loss = 0;  // DescriptionHash of their descriptions
  std::uint32_t optimizer_state = 0;      // numbers
  std::uint32_t gradients = 0;            // numbers: 0 between steps, or as many as parameters
  std::uint32_t optimizer_settings = 0;   // words
  std::uint64_t steps = 0;
  TrainingPosition position;
};

// How many bytes a checkpoint takes that is as `info` describes it.
constexpr std::uint64_t checkpoint_bytes(const CheckpointInfo& info) {
  constexpr std::uint64_t header_and_checksums = 76, training_record = 60;
  const std::uint64_t words = std::uint64_t{info.parameters} + info.statistics + info.optimizer_state + info.gradients;
  const bool training = info.kind == CheckpointKind::training;
  return header_and_checksums + 4 * words +
         (training ? training_record + 4 * std::uint64_t{info.optimizer_settings} : 0);
}

// Reads a checkpoint's header and verifies everything that can be verified without knowing the architecture: sizes,
// both checksums, the format's version, and the range of every count and setting.
// Errors: no checkpoint, cut short, too long, a damaged header, damaged contents, a newer format. `info` then stays.
Status inspect(CheckpointInfo& info, const ByteSource& source);

}  // namespace io
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
