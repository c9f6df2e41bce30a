// Arbitrary bytes as a checkpoint, as they are and with their checksums made right: refused with a sentence and nothing
// changed, or loaded in whole and saved again as the same bytes.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>

#include <mica/io/checkpoint.hpp>
#include <mica/io/crc32.hpp>
#include <mica/mica.hpp>

#include "tests/fuzz/require.hpp"

namespace {

namespace io = mica::io;
using Net = mica::Sequential<mica::Input<2>, mica::Dense<1>>;
using Trainer = mica::Trainer<Net, mica::MeanSquaredError, mica::SGDMomentum, 2>;

constexpr std::size_t header_bytes = 72, capacity = 400;

using fuzz::require;
using fuzz::require_sentence;

void put_word(std::uint8_t* bytes, std::uint32_t word) {
  for (int i = 0; i < 4; ++i) bytes[i] = static_cast<std::uint8_t>(word >> 8 * i);
}
void renew_checksum(std::uint8_t* bytes, std::size_t count) {
  io::Crc32 crc;
  crc.add(bytes, count);
  put_word(bytes + count, crc.value());
}

// A refusal is one whole sentence.
void try_bytes(const std::uint8_t* bytes, std::size_t size) {
  const io::MemorySource source(bytes, size);
  static Trainer trainer, before;
  mica::Model<Net> model{}, alone{};
  io::TrainingPosition position;
  trainer.reset();
  std::memcpy(static_cast<void*>(&before), &trainer, sizeof trainer);

  io::CheckpointInfo info;
  const bool valid = io::inspect(info, source).ok();
  const mica::Status loaded = io::load(model, trainer, position, source);
  const mica::Status loaded_alone = io::load(alone, source);
  require_sentence(loaded);
  require_sentence(loaded_alone);
  require(valid || !loaded_alone.ok());
  require(loaded_alone.ok() || !loaded.ok());
  if (!loaded_alone.ok()) require(alone.hash() == mica::Model<Net>{}.hash());
  if (!loaded.ok()) {
    require(model.hash() == mica::Model<Net>{}.hash());
    require(std::memcmp(&before, &trainer, sizeof trainer) == 0);
    require(position.epoch == 0 && position.seed == 0);
    return;
  }

  std::uint8_t again[capacity];
  io::MemorySink sink(again, sizeof again);
  require(io::save(model, trainer, position, sink).ok());
  // A gradient of nothing but zeros is the one thing that is written more briefly than it may be read.
  require(sink.used() == size ? std::memcmp(again, bytes, size) == 0 : info.gradients != 0);
  // Another step must be possible, whatever the settings.
  const float x[] = {1, 2}, target[] = {3};
  // A step schedule takes longer the more steps there were.
  if (trainer.steps() < 100000) trainer.step(model, {x, 1}, {target, 1});
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  try_bytes(bytes, size);
  if (size < header_bytes + 4 || size > capacity) return 0;
  std::uint8_t mended[capacity];
  std::memcpy(mended, bytes, size);
  renew_checksum(mended, header_bytes - 4);
  renew_checksum(mended + header_bytes, size - header_bytes - 4);
  try_bytes(mended, size);
  return 0;
}
