// Files of tensors that are cut short, damaged or made to do harm: each ends in a sentence and leaves the model alone.
#include <mica/io/npz.hpp>
#include <mica/io/safetensors.hpp>
#include <mica/mica.hpp>

#include <doctest/doctest.h>

#include "tests/golden/exchange_archives.hpp"
#include "tests/support.hpp"

using mica::Status;
using mica::io::MemorySource;

namespace {

using Net = mica::Sequential<mica::Input<2, 2, 1>, mica::Conv2d<1, 1>, mica::BatchNorm<>, mica::Dense<1>>;

mica::Model<Net> model, loaded;
constexpr std::size_t room = 4096;
unsigned char whole[room];

enum class Format { safetensors, npz };

Status load(Format format, const void* bytes, std::size_t count) {
  const MemorySource source(bytes, count, "damaged");
  return format == Format::npz ? mica::io::load_npz(loaded, source) : mica::io::load_safetensors(loaded, source);
}

// A file of a model with a remainder; returns its length.
std::size_t write(Format format) {
  model.initialize(2);
  for (int i = 0; i < Net::parameters; ++i) model.parameters()[i] = 0.5f + static_cast<float>(i);
  model.statistics()[0] = 1.5f;
  model.statistics()[1] = 0x1p-26f;
  model.statistics()[3] = 12;
  mica::io::MemorySink sink(whole, room);
  REQUIRE((format == Format::npz ? mica::io::save_npz(model, sink) : mica::io::save_safetensors(model, sink)).ok());
  return sink.used();
}

// Loads the first `count` bytes and looks at what became of it; true if they were taken.
bool taken(Format format, const unsigned char* bytes, std::size_t count) {
  loaded.initialize(9);
  const std::uint64_t before = loaded.hash();
  const Status status = load(format, bytes, count);
  if (status.ok()) return true;
  const std::size_t length = std::strlen(status.message());
  bool right = length > 20 && status.message()[length - 1] == '.' && loaded.hash() == before;
  CHECK_MESSAGE(right, status.message());
  return false;
}

// Every reading at the edge of its own memory, so that a sanitizer sees each byte too many.
bool exact_copy_taken(Format format, std::size_t count) {
  static unsigned char copy[room];
  std::memcpy(copy + room - count, whole, count);
  return taken(format, copy + room - count, count);
}

bool refused(Format format, const char* bytes, std::size_t count, const char* words) {
  const Status status = load(format, bytes, count);
  INFO(status.message());
  return !status.ok() && std::strstr(status.message(), words) != nullptr;
}
// A safetensors file with this header, and `data` bytes behind it.
bool header_refused(const char* header, const char* words, std::size_t data = 0) {
  static char bytes[room];
  std::memset(bytes, 0, sizeof bytes);
  const std::size_t length = std::strlen(header);
  for (int i = 0; i < 8; ++i) bytes[i] = static_cast<char>(length >> 8 * i);
  std::memcpy(bytes + 8, header, length);
  return refused(Format::safetensors, bytes, 8 + length + data, words);
}

}  // namespace

TEST_CASE("files that end at any byte are refused") {
  for (const Format format : {Format::safetensors, Format::npz}) {
    const std::size_t size = write(format);
    REQUIRE(exact_copy_taken(format, size));
    CHECK(loaded.hash() == model.hash());
    int wrong = 0;
    for (std::size_t count = 0; count < size; ++count) wrong += exact_copy_taken(format, count) ? 1 : 0;
    CHECK(wrong == 0);
  }
}

TEST_CASE("a flipped bit of an archive is refused, or changes no number") {
  const std::size_t size = write(Format::npz);
  int taken_over = 0, changed = 0, remainders_lost = 0;
  for (std::size_t bit = 0; bit < 8 * size; ++bit) {
    whole[bit / 8] ^= static_cast<unsigned char>(1u << bit % 8);
    if (taken(Format::npz, whole, size)) {
      ++taken_over;
      // The number of Mica's extra field, and what precedes its checksum, are covered by none.
      const bool lost = loaded.statistics()[1] == 0;
      loaded.statistics()[1] = model.statistics()[1];
      if (loaded.hash() != model.hash()) ++changed;
      remainders_lost += lost ? 1 : 0;
    }
    whole[bit / 8] ^= static_cast<unsigned char>(1u << bit % 8);
  }
  MESSAGE(taken_over << " of " << 8 * size << " flips are taken, " << remainders_lost << " lose the remainder");
  CHECK(changed == 0);
  CHECK(remainders_lost <= 32);
  // Dates and versions, which say nothing about the numbers.
  CHECK(taken_over < static_cast<int>(2 * size));
}

TEST_CASE("a flipped bit of a safetensors file is refused, or changes what it says") {
  const std::size_t size = write(Format::safetensors);
  const std::size_t header = whole[0] + 256u * whole[1];
  for (std::size_t bit = 0; bit < 8 * size; ++bit) {
    whole[bit / 8] ^= static_cast<unsigned char>(1u << bit % 8);
    const bool was_taken = taken(Format::safetensors, whole, size);
    // The format has no checksum: a damaged number is a number.
    if (bit / 8 >= 8 + header) CHECK(was_taken);
    if (bit / 8 < 8) CHECK(!was_taken);
    whole[bit / 8] ^= static_cast<unsigned char>(1u << bit % 8);
  }
}

TEST_CASE("headers of safetensors files that are made to do harm") {
  const char huge[] = "\xff\xff\xff\xff\xff\xff\xff\x7f{}", larger[] = "\xff\xff\xff\xff\xff\xff\xff\xff{}";
  CHECK(refused(Format::safetensors, huge, 10, "its header is longer than the file"));
  CHECK(refused(Format::safetensors, larger, 10, "its header is longer than the file"));
  CHECK(refused(Format::safetensors, huge, 3, "fewer than 8 bytes"));
  CHECK(header_refused("", "an opening brace was expected"));
  CHECK(header_refused("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", "an opening brace was expected"));
  CHECK(header_refused("{\"a\":{\"shape\":[[[[[[[[[[[[[[[[[[[[[[", "a list of extents was expected"));
  CHECK(header_refused("{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{", "each once, was expected"));
  CHECK(header_refused("{\"a\":{\"dtype\":\"F32\",\"dtype\":\"F32\"", "each once, was expected"));
  CHECK(header_refused("{\"a\":{\"dtype\":\"F32\",\"shape\":[-1]", "a list of extents was expected"));
  CHECK(header_refused("{\"a\":{\"dtype\":\"F32\",\"shape\":[1e9]", "a list of extents was expected"));
  CHECK(header_refused("{\"a\":{\"dtype\":\"F32\",\"shape\":[18446744073709551616]", "a list of extents was expected"));
  CHECK(header_refused("{\"a\":{\"dtype\":\"F32\",\"shape\":[1,1,1,1,1,1,1,1,1]", "a list of extents was expected"));
  CHECK(header_refused("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,0]}}", "two offsets", 4));
  CHECK(header_refused("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[-4,0]}}", "two offsets", 4));
  CHECK(header_refused("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,8]}}", "two offsets", 4));
  CHECK(header_refused("{\"a\":{\"dtype\":\"F32\",\"shape\":[1073741824],\"data_offsets\":[0,4294967296]}}",
                       "two offsets", 4));
  CHECK(header_refused("{\"a\":{\"dtype\":\"F32\",\"shape\":[4611686018427387905,4],\"data_offsets\":[0,4]}}",
                       "another number of bytes", 4));
  CHECK(header_refused("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}", "exactly the bytes", 8));
  CHECK(header_refused("{\"a\\u0000\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}", "is missing", 4));
  CHECK(header_refused("{\"a\\x\"", "a name in quotes"));
  CHECK(header_refused("{\"a\":{\"dtype\":\"F32\"}}", "an entry with dtype, shape and data_offsets"));
  CHECK(header_refused("{} {}", "the header's end"));
  CHECK(header_refused("{}", "0.weight is missing"));
}

TEST_CASE("tensors that are there twice or share bytes are refused") {
  const char* const twice =
      "{\"0.weight\":{\"dtype\":\"F32\",\"shape\":[1,1,1,1],\"data_offsets\":[0,4]},"
      "\"0.weight\":{\"dtype\":\"F32\",\"shape\":[1,1,1,1],\"data_offsets\":[4,8]}}";
  CHECK(header_refused(twice, "0.weight is there twice", 8));
  const char* const shared =
      "{\"0.weight\":{\"dtype\":\"F32\",\"shape\":[1,1,1,1],\"data_offsets\":[0,4]},"
      "\"1.weight\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
      "\"1.bias\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]},"
      "\"1.running_mean\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[8,12]},"
      "\"1.running_var\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[12,16]},"
      "\"3.weight\":{\"dtype\":\"F32\",\"shape\":[1,4],\"data_offsets\":[16,32]}}";
  CHECK(header_refused(shared, "has the same bytes for 0.weight and 1.weight", 36));
  const char* const wrong_type = "{\"0.weight\":{\"dtype\":\"U8\",\"shape\":[1,1,1,1],\"data_offsets\":[0,1]}}";
  CHECK(header_refused(wrong_type, "0.weight holds numbers of a type that is not taken", 1));
}

TEST_CASE("archives that are made to do harm") {
  const std::size_t size = write(Format::npz);
  const auto with = [&](std::size_t at, unsigned char value, const char* words) {
    static unsigned char copy[room];
    std::memcpy(copy, whole, size);
    for (std::size_t i = 0; i < 4; ++i) copy[at + i] = value;
    return refused(Format::npz, reinterpret_cast<const char*>(copy), size, words);
  };
  CHECK(refused(Format::npz, "", 0, "has no end that belongs to an archive"));
  CHECK(with(size - 10, 0xff, "does not lie where the end says"));  // the directory's size
  CHECK(with(size - 6, 0xff, "is larger than 4 GB"));               // its place
  CHECK(with(size - 6, 0x7f, "does not lie where the end says"));
  const std::size_t directory = whole[size - 6] + 256u * whole[size - 5];
  CHECK(with(directory, 0, "or is damaged"));
  CHECK(with(directory + 42, 0x7f, "does not lie where the directory says"));  // the first member's place
  CHECK(with(directory + 28, 0xff, "has an entry that reaches beyond it"));    // lengths of its name and fields
  CHECK(with(directory + 20, 0xff, "is over 4 GB"));                           // its sizes
  CHECK(with(0, 0, "does not lie where the directory says"));
}
