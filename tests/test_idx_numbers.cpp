#include <doctest/doctest.h>

#include <cstring>
#include <string>
#include <vector>

#include <mica/data/dataset.hpp>
#include <mica/data/idx_numbers.hpp>

namespace {

std::string big_endian(std::uint32_t number) {
  std::string text;
  for (int shift = 24; shift >= 0; shift -= 8) text += static_cast<char>(number >> shift & 0xff);
  return text;
}
std::string header(const std::vector<std::uint32_t>& extents) {
  std::string bytes{'\0', '\0', '\x0d', static_cast<char>(extents.size())};
  for (const std::uint32_t extent : extents) bytes += big_endian(extent);
  return bytes;
}
std::string numbers(const std::vector<float>& values) {
  std::string bytes;
  for (const float value : values) {
    std::uint32_t bits;
    std::memcpy(&bits, &value, 4);
    bytes += big_endian(bits);
  }
  return bytes;
}
const std::string labels("\0\0\x08\x01\0\0\0\x02\x00\x01", 10);
const std::string samples = header({2, 3, 1}) + numbers({1, -2.5f, 3e-20f, 4, 5, 6e30f});

using Small = mica::IdxNumbersDataset<mica::Shape<3, 1>>;
static_assert(mica::is_dataset<Small>);

mica::io::MemorySource source_of(const std::string& bytes) { return {bytes.data(), bytes.size(), "some-samples"}; }

std::string message_of(const std::string& bytes) {
  const std::vector<char> copy(bytes.begin(), bytes.end());
  const mica::io::MemorySource source(copy.data(), copy.size(), "some-samples");
  mica::IdxNumbers found;
  mica::Status status = found.open(source);
  CHECK(status.ok() == (found.size() > 0));
  if (status.ok()) {
    std::vector<float> sample(static_cast<std::size_t>(found.numbers()));
    for (int i = 0; i < found.size() && status.ok(); ++i) status = found.read(i, sample.data());
    CHECK(!found.read(found.size(), sample.data()).ok());
    CHECK(!found.read(-1, sample.data()).ok());
  }
  const std::string message = status.message();
  if (!status.ok()) CHECK((message.find("some-samples") != std::string::npos && message.back() == '.'));
  return message;
}
void refuses(const std::string& bytes, const std::string& expected) {
  const std::string message = message_of(bytes);
  CAPTURE(message);
  CHECK_MESSAGE(message.find(expected) != std::string::npos, expected);
}

template <class Data>
std::string opening(const std::string& sample_bytes, const std::string& label_bytes, int classes = 2) {
  const auto sample_source = source_of(sample_bytes), label_source = source_of(label_bytes);
  Data data;
  const mica::Status status = data.open(sample_source, label_source, classes);
  CHECK(status.ok() == (data.size() > 0));
  return status.message();
}

}  // namespace

TEST_CASE("numbers come as they were written, whatever the machine's order of bytes") {
  const auto sample_source = source_of(samples), label_source = source_of(labels);
  Small data;
  REQUIRE(data.open(sample_source, label_source, 2).ok());
  CHECK(data.size() == 2);
  float sample[3];
  std::uint8_t label = 9;
  REQUIRE(data.read(0, sample, label).ok());
  CHECK((sample[0] == 1 && sample[1] == -2.5f && sample[2] == 3e-20f && label == 0));
  REQUIRE(data.read(1, sample, label).ok());
  CHECK((sample[0] == 4 && sample[2] == 6e30f && label == 1));
}

TEST_CASE("a shape fits if it is the same, flat, or without its one channel") {
  CHECK(opening<Small>(samples, labels).empty());
  CHECK(opening<mica::IdxNumbersDataset<mica::Shape<3>>>(samples, labels).empty());
  CHECK(opening<mica::IdxNumbersDataset<mica::Shape<3, 1, 1>>>(samples, labels).empty());
  CHECK(opening<mica::IdxNumbersDataset<mica::Shape<1, 3>>>(samples, labels) ==
        "some-samples holds samples of 3x1 numbers, but the model takes 1x3.");
  CHECK(opening<Small>(samples, labels, 1).find("as label 1") != std::string::npos);
  CHECK(opening<Small>(samples, std::string("\0\0\x08\x01\0\0\0\x01\x00", 9)).find("1 labels") != std::string::npos);
}

TEST_CASE("what is no such file is refused in a sentence") {
  refuses("", "too short");
  refuses(labels, "one of bytes");
  refuses("P5 2 2 255 abcd", "no IDX file of floats");
  refuses(header({5}) + numbers({1, 2, 3, 4, 5}), "has 1 extents");
  refuses(header({1, 1, 1, 1, 1}) + numbers({1}), "has 5 extents");
  refuses(header({0, 3}), "claims to hold 0 samples");
  refuses(header({2, 0}), "must be 1 to");
  refuses(header({0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}), "must be 1 to");
  refuses(header({1, 65536, 65536}), "must be 1 to");
  refuses(header({0x7fffffff, 0x7fffffff}) + numbers({1}), "(cut short)");
  refuses(samples + "x", "(too long)");
  refuses(header({1, 1}) + big_endian(0x7f800000), "Number 0 of sample 0");
  refuses(header({1, 2}) + numbers({1}) + big_endian(0xffc00000), "Number 1 of sample 0");
}

TEST_CASE("truncation at every byte and a flip of every bit end in a sentence or in numbers") {
  for (std::size_t length = 0; length < samples.size(); ++length) CHECK(!message_of(samples.substr(0, length)).empty());
  for (std::size_t bit = 0; bit < 8 * samples.size(); ++bit) {
    std::string damaged = samples;
    damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ 1 << bit % 8);
    message_of(damaged);
  }
}
