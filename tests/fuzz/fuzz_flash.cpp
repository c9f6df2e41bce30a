// Arbitrary bytes as the content of a flash: as they are, with all checksums made right, and as changes to a flash with
// two checkpoints. Loading ends with a sentence and nothing changed, or with a whole checkpoint; saving afterwards
// works, and what was saved is what is loaded.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>

#include <mica/io/crc32.hpp>
#include <mica/io/flash_checkpoint.hpp>
#include <mica/mica.hpp>
#include <mica/testing/simulated_flash.hpp>

#include "tests/fuzz/require.hpp"

namespace {

namespace io = mica::io;
using Net = mica::Sequential<mica::Input<2>, mica::Dense<1>>;
using Trainer = mica::Trainer<Net, mica::MeanSquaredError, mica::SGDMomentum, 2>;

constexpr int pages = 4, page_bytes = 256;
template <int word_bytes>
using Flash = mica::SimulatedFlash<pages, page_bytes, word_bytes>;

using fuzz::require;
using fuzz::require_sentence;

std::uint32_t get_word(const std::uint8_t* bytes) {
  return std::uint32_t{bytes[0]} | std::uint32_t{bytes[1]} << 8 | std::uint32_t{bytes[2]} << 16 |
         std::uint32_t{bytes[3]} << 24;
}
void put_word(std::uint8_t* bytes, std::uint32_t word) {
  for (int i = 0; i < 4; ++i) bytes[i] = static_cast<std::uint8_t>(word >> 8 * i);
}
std::uint32_t checksum(const std::uint8_t* bytes, std::size_t count) {
  io::Crc32 crc;
  crc.add(bytes, count);
  return crc.value();
}

// Makes a slot's header, content and first commit word agree where its length allows it.
void mend(std::uint8_t* slot, std::uint32_t word_bytes) {
  constexpr std::uint32_t room = 2 * page_bytes;
  std::memcpy(slot, "\x89MFl\1\0\0\0", 8);
  std::uint32_t bytes = get_word(slot + 12);
  if (slot[21] % 2 == 0) put_word(slot + 12, bytes = bytes % room);
  if (slot[22] % 2 == 0) put_word(slot + 20, word_bytes);
  const bool fits = io::flash_slot_bytes(bytes, word_bytes) <= room;
  if (fits && bytes >= 76) {
    put_word(slot + 32 + 68, checksum(slot + 32, 68));
    put_word(slot + 32 + bytes - 4, checksum(slot + 32 + 72, bytes - 76));
  }
  if (fits) put_word(slot + 16, checksum(slot + 32, bytes));
  const std::uint32_t crc = checksum(slot, 28);
  put_word(slot + 28, crc);
  if (!fits) return;
  std::uint8_t* const behind = slot + 32 + (bytes + word_bytes - 1) / word_bytes * word_bytes;
  for (std::uint32_t i = 0; i < word_bytes; i += 4) put_word(behind + i, (crc | 0x80000000) & 0xfffffffe);
  std::memset(behind + 8 * word_bytes, 0xff, word_bytes);
}

enum class Given { bytes, mended, changes };

template <int word_bytes>
void fill(Flash<word_bytes>& flash, const std::uint8_t* bytes, std::size_t size, Given given) {
  if (given == Given::changes) {
    static Trainer trainer;
    mica::Model<Net> model{};
    io::FlashCheckpoint checkpoint(flash, 0, 2);
    for (const int seed : {5, 6}) {
      model.initialize(static_cast<std::uint64_t>(seed));
      require(checkpoint.save(model, trainer, {}).ok());
    }
    for (std::size_t i = 0; i + 2 < size; i += 3) {
      flash.bytes()[(bytes[i] | bytes[i + 1] << 8) % Flash<word_bytes>::size] ^= bytes[i + 2];
    }
    return;
  }
  std::memcpy(flash.bytes(), bytes, size < pages * page_bytes ? size : pages * page_bytes);
  if (given == Given::mended) {
    mend(flash.bytes(), word_bytes);
    mend(flash.bytes() + 2 * page_bytes, word_bytes);
  }
}

template <int word_bytes>
void try_flash(const std::uint8_t* bytes, std::size_t size, Given given) {
  static Trainer trainer, before;
  Flash<word_bytes> flash;
  fill(flash, bytes, size, given);
  io::FlashCheckpoint checkpoint(flash, 0, 2);

  mica::Model<Net> model{};
  io::TrainingPosition position;
  trainer.reset();
  std::memcpy(static_cast<void*>(&before), &trainer, sizeof trainer);
  const mica::Status loaded = checkpoint.load(model, trainer, position);
  require_sentence(loaded);
  if (!loaded.ok()) {
    require(model.hash() == mica::Model<Net>{}.hash());
    require(std::memcmp(&before, &trainer, sizeof trainer) == 0);
    require(position.epoch == 0 && position.seed == 0);
  } else if (given == Given::changes) {
    mica::Model<Net> older{}, newer{};
    older.initialize(5);
    newer.initialize(6);
    require(model.hash() == older.hash() || model.hash() == newer.hash());
  }
  model.initialize(1);
  const mica::Status saved = checkpoint.save(model, trainer, position);
  require_sentence(saved);
  require(saved.ok());
  mica::Model<Net> again{};
  require(checkpoint.load(again).ok());
  require(again.hash() == model.hash());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  for (const Given given : {Given::bytes, Given::mended, Given::changes}) {
    try_flash<4>(bytes, size, given);
    try_flash<16>(bytes, size, given);
  }
  return 0;
}
