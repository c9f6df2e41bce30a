#include <doctest/doctest.h>

#include <string>
#include <vector>

#include <mica/data/netpbm.hpp>

namespace {

using Pixels = std::vector<int>;

// Opens a copy whose end the sanitizer sees; reads it if it is small enough to be one.
std::string message_of(const std::string& bytes, Pixels* pixels = nullptr, int rounds = 1) {
  const std::vector<char> copy(bytes.begin(), bytes.end());
  const mica::io::MemorySource source(copy.data(), copy.size(), "image.pgm");
  mica::NetpbmReader reader;
  mica::Status status = reader.open(source);
  CHECK(status.ok() == (reader.width() > 0));
  if (status.ok()) {
    const auto row = static_cast<std::size_t>(reader.width() * reader.channels());
    // Not all at once: in words, a file of 20 bytes can claim 2^32 pixels.
    std::vector<std::uint16_t> numbers(row);
    for (int y = 0; status.ok() && y < reader.height(); ++y) {
      status = reader.read_row(numbers.data());
      if (status.ok() && pixels != nullptr) pixels->insert(pixels->end(), numbers.begin(), numbers.end());
      for (const std::uint16_t number : numbers) CHECK((!status.ok() || number <= reader.white()));
    }
    if (status.ok()) {
      CHECK(!reader.read_row(numbers.data()).ok());
      std::vector<std::uint8_t> all(row * static_cast<std::size_t>(reader.height()));
      CHECK(!reader.read_row(all.data()).ok());
      for (int round = 0; round < rounds; ++round) CHECK(reader.read(all.data()).ok());
    }
  }
  const std::string message = status.message();
  if (!status.ok()) CHECK((message.find("image.pgm") == 0 && message.back() == '.'));
  return message;
}

void refuses(const std::string& bytes, const std::string& expected) {
  const std::string message = message_of(bytes);
  CAPTURE(message);
  CHECK_MESSAGE(message.find(expected) != std::string::npos, expected);
}

void check_pixels(const std::string& bytes, const Pixels& expected) {
  Pixels found;
  CAPTURE(bytes);
  CHECK(message_of(bytes, &found, 2).empty());
  CHECK(found == expected);
}

}  // namespace

TEST_CASE("grey and colour are read, in bytes and in words, with comments") {
  check_pixels("P5 2 3 255 abcdef", {'a', 'b', 'c', 'd', 'e', 'f'});
  check_pixels("P5\n# by hand\n2 # wide\n3\n255\nabcdef", {'a', 'b', 'c', 'd', 'e', 'f'});
  check_pixels("P2 2 3 255 0 1 2\n3 4 5\n", {0, 1, 2, 3, 4, 5});
  check_pixels("P2 2#\n2\r\n9\r\n0 1 # row\n2#x\n3", {0, 1, 2, 3});
  check_pixels("P6 1 2 255 abcdef", {'a', 'b', 'c', 'd', 'e', 'f'});
  check_pixels("P3\n2 1\n65535\n1 22 333\n4444 55555 0", {1, 22, 333, 4444, 55555, 0});
  check_pixels(std::string("P5 2 1 1000\n\x01\x02\x03\xe8", 16), {0x102, 1000});
  // A pixel may look like a comment.
  check_pixels("P5 2 1 255\n#\n", {'#', '\n'});
}

TEST_CASE("other largest values are stretched to 255, to the nearest") {
  const std::string bytes = "P2 5 1 15 0 1 7 8 15";
  const mica::io::MemorySource source(bytes.data(), bytes.size());
  mica::NetpbmReader reader;
  REQUIRE(reader.open(source).ok());
  CHECK((reader.width() == 5 && reader.height() == 1 && reader.channels() == 1 && reader.white() == 15));
  std::uint8_t row[5];
  REQUIRE(reader.read_row(row).ok());
  CHECK((row[0] == 0 && row[1] == 17 && row[2] == 119 && row[3] == 136 && row[4] == 255));
}

TEST_CASE("an image that is larger than the buffer") {
  std::string bytes = "P2 40 30 1000";
  Pixels expected;
  for (int i = 0; i < 40 * 30; ++i) {
    expected.push_back(i * 37 % 1001);
    bytes += "\n" + std::to_string(expected.back());
  }
  check_pixels(bytes, expected);
}

TEST_CASE("what is no such image is refused in a sentence") {
  refuses("", "does not begin with P2");
  refuses("P4 8 1 x", "does not begin with P2");
  refuses("\x89PNG", "does not begin with P2");
  refuses("P5", "the width should stand here, a whole number from 1 to 65535, but the file ends");
  refuses("P5 0 1 255 ", "the width");
  refuses("P5 -1 1 255 ", "something else does");
  refuses("P5 2 65536 255 ", "the height");
  refuses("P5 99999999999999999999 1 255 ", "the width");
  refuses("P5 2 2 0 abcd", "the largest value");
  refuses("P5 2 2 65536 abcd", "the largest value");
  refuses("P5 2 2 255 abc", "holds 3 bytes behind its header, but an image of 2x2 pixels takes 4 (cut short)");
  refuses("P5 2 2 255 abcde", "(too long)");
  refuses("P5 2 2 256 abcd", "takes 8");
  refuses("P6 65535 65535 65535 x", "takes 25769017350");
  refuses("P2 65535 65535 255 0 0", "the next pixel should stand here");
  refuses("P5 2 1 10 \x05\x0b", "row 1 is 11, above the largest value of 10");
  refuses("P2 2 1 10 5 11", "another number");
  refuses("P2 2 1 10 5 1x", "another number or no number");
  refuses("P2 2 1 10 5 1 7", "goes on behind its last pixel");
  refuses("P2 2 1 10 5", "the file ends");
}

TEST_CASE("truncation at every byte and a flip of every bit end in a sentence or in pixels") {
  for (const std::string& whole :
       {std::string("P5 3 2 255\nabcdef"), std::string("P6 #c\n1 2 999\n\1\2\1\2\1\2\1\2\1\2\1\2"),
        std::string("P2\n2 2 15\n1 2\n3 14\n"), std::string("P3 1 1 255 1 2 34")}) {
    const bool in_bytes = whole[1] > '4';
    for (std::size_t length = 0; length < whole.size(); ++length) {
      const std::string message = message_of(whole.substr(0, length));
      if (in_bytes) CHECK(!message.empty());
    }
    for (std::size_t bit = 0; bit < 8 * whole.size(); ++bit) {
      std::string damaged = whole;
      damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ 1 << bit % 8);
      message_of(damaged);
    }
  }
}
