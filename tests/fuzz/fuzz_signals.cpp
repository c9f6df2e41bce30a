// Whatever bytes a sound, an image or a file of numbers holds, opening and reading it ends in a Status: nothing is read or
// written outside, every refusal is one whole sentence, and the work is bounded by the size of the file.
#include <cstdint>
#include <cstdlib>
#include <cstring>

#include <mica/data/idx_numbers.hpp>
#include <mica/data/netpbm.hpp>
#include <mica/data/wav.hpp>

#include "tests/fuzz/require.hpp"

namespace {

using fuzz::require;
using fuzz::require_sentence;

template <class T>
T* room(std::size_t count) {
  return static_cast<T*>(std::malloc(count * sizeof(T) + (count == 0 ? 1 : 0)));
}

void read_sound(const mica::io::ByteSource& source) {
  mica::WavReader reader;
  const mica::Status status = reader.open(source);
  if (!status.ok()) return require_sentence(status);
  require(reader.size() > 0 && reader.rate() > 0 && (reader.channels() == 1 || reader.channels() == 2));
  require(std::uint64_t{reader.size()} * 2 * static_cast<unsigned>(reader.channels()) < source.size());
  const auto count = static_cast<std::size_t>(reader.size());
  auto* const samples = room<std::int16_t>(count * static_cast<std::size_t>(reader.channels()));
  require(reader.read(0, static_cast<int>(count), samples).ok());
  require(reader.read_mono(0, static_cast<int>(count), samples).ok());
  require(reader.read(reader.size(), 0, samples).ok() && !reader.read(reader.size(), 1, samples).ok());
  require(!reader.read_mono(1, static_cast<int>(count), samples).ok());
  std::free(samples);
}

void read_image(const mica::io::ByteSource& source) {
  mica::NetpbmReader reader;
  mica::Status status = reader.open(source);
  if (!status.ok()) return require_sentence(status);
  const std::size_t width = static_cast<std::size_t>(reader.width()) * static_cast<std::size_t>(reader.channels());
  auto* const row = room<std::uint16_t>(width);
  auto* const bytes = room<std::uint8_t>(width);
  int rows = 0;
  for (; rows < reader.height() && status.ok(); ++rows) {
    status = rows % 2 == 0 ? reader.read_row(row) : reader.read_row(bytes);
    for (std::size_t i = 0; rows % 2 == 0 && status.ok() && i < width; ++i) require(row[i] <= reader.white());
  }
  // No more rows than the file has bytes for.
  require(static_cast<std::uint64_t>(rows - 1) * width <= source.size());
  if (status.ok()) status = reader.read_row(row);
  require_sentence(status);
  std::free(row);
  std::free(bytes);
}

void read_numbers(const mica::io::ByteSource& source) {
  mica::IdxNumbers reader;
  mica::Status status = reader.open(source);
  if (!status.ok()) return require_sentence(status);
  auto* const sample = room<float>(static_cast<std::size_t>(reader.numbers()));
  for (int i = 0; i < reader.size() && status.ok(); ++i) status = reader.read(i, sample);
  if (status.ok()) status = reader.read(reader.size(), sample);
  require_sentence(status);
  std::free(sample);
}

}  // namespace

// The first byte chooses whether a right beginning is put in; the rest is the file.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  if (size == 0) return 0;
  const std::size_t count = size - 1;
  auto* const copy = room<std::uint8_t>(count);
  std::memcpy(copy, bytes + 1, count);
  if (bytes[0] % 4 == 1 && count >= 16) std::memcpy(copy, "RIFF\x20\0\0\0WAVEfmt ", 16);
  if (bytes[0] % 4 == 2 && count >= 2) std::memcpy(copy, bytes[0] & 4 ? "P2" : bytes[0] & 8 ? "P3" : "P5", 2);
  if (bytes[0] % 4 == 3 && count >= 4) std::memcpy(copy, bytes[0] & 4 ? "\0\0\x0d\x02" : "\0\0\x0d\x04", 4);
  const mica::io::MemorySource source(copy, count,
                                      "/a/path/that/is/as/long/as/messages/show/it/before/they/shorten/it/sound.wav");
  read_sound(source);
  read_image(source);
  read_numbers(source);
  std::free(copy);
  return 0;
}
