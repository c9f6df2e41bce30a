#include <limits>
#include <type_traits>

#include "checkpoint_layout.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace io {
namespace {

constexpr std::uint32_t largest_count = 0x7ffffffe;
// Half of what the Trainer can count on this machine, so that training can go on.
constexpr std::uint64_t most_steps = std::numeric_limits<long>::max() / 2;

// A schedule is four words: its kind, length, number and warm-up steps.
constexpr int schedule_words = 4;
static_assert(sizeof(Schedule) == 4 * schedule_words && std::is_trivially_copyable_v<Schedule>,
              "The format of checkpoints knows schedules of four words.");

// Values that no Schedule has would divide by 0 or overflow later.
bool is_schedule(const std::uint32_t* words) {
  const std::uint32_t kind = words[0], length = words[1], warm_up_steps = words[3];
  return kind <= static_cast<std::uint32_t>(Schedule::Kind::cosine) && length >= 1 && length <= largest_count &&
         warm_up_steps <= largest_count;
}

std::uint32_t bits_of(float number) {
  std::uint32_t bits;
  std::memcpy(&bits, &number, sizeof bits);
  return bits;
}
float number_of(std::uint32_t bits) {
  float number;
  std::memcpy(&number, &bits, sizeof number);
  return number;
}

}  // namespace

void put_training_record(const TrainingRecord& record, std::uint32_t* words) {
  const TrainingPosition& position = record.position;
  words[0] = static_cast<std::uint32_t>(record.steps);
  words[1] = static_cast<std::uint32_t>(record.steps >> 32);
  words[2] = static_cast<std::uint32_t>(record.seed);
  words[3] = static_cast<std::uint32_t>(record.seed >> 32);
  words[4] = bits_of(record.clip_norm);
  std::memcpy(words + 5, &record.schedule, sizeof record.schedule);
  words[9] = position.epoch;
  words[10] = position.samples;
  words[11] = static_cast<std::uint32_t>(position.seed);
  words[12] = static_cast<std::uint32_t>(position.seed >> 32);
  words[13] = position.best_epoch;
  words[14] = bits_of(position.best_loss);
}

bool get_training_record(const std::uint32_t* words, TrainingRecord& record) {
  record.steps = words[0] | std::uint64_t{words[1]} << 32;
  record.seed = words[2] | std::uint64_t{words[3]} << 32;
  record.clip_norm = number_of(words[4]);
  if (!is_schedule(words + 5)) return false;
  std::memcpy(static_cast<void*>(&record.schedule), words + 5, sizeof record.schedule);
  TrainingPosition& position = record.position;
  position.epoch = words[9];
  position.samples = words[10];
  position.seed = words[11] | std::uint64_t{words[12]} << 32;
  position.best_epoch = words[13];
  position.best_loss = number_of(words[14]);
  return record.steps <= most_steps && position.epoch <= largest_count && position.samples <= largest_count &&
         position.best_epoch <= largest_count;
}

}  // namespace io
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
