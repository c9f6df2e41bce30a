#include <doctest/doctest.h>

#include <cstring>
#include <string>
#include <vector>

#include <mica/data/wav.hpp>

#include "wav_files.hpp"

using tests::chunk;
using tests::little_endian;
using tests::pcm_format;
using tests::riff;
using tests::samples_as_bytes;
using tests::wav;

namespace {

mica::io::MemorySource source_of(const std::string& bytes) { return {bytes.data(), bytes.size(), "sound.wav"}; }

// A copy whose end the sanitizer sees, opened and, if that works, read whole.
std::string message_of(const std::string& bytes) {
  const std::vector<char> copy(bytes.begin(), bytes.end());
  const mica::io::MemorySource source(copy.data(), copy.size(), "sound.wav");
  mica::WavReader reader;
  mica::Status status = reader.open(source);
  CHECK(status.ok() == (reader.size() > 0));
  if (status.ok()) {
    std::vector<std::int16_t> samples(reader.size() * 2);
    status = reader.read(0, static_cast<int>(reader.size()), samples.data());
    CHECK(status.ok());
    CHECK(reader.read_mono(0, static_cast<int>(reader.size()), samples.data()).ok());
  }
  const std::string message = status.message();
  if (!status.ok()) CHECK((message.find("sound.wav ") == 0 && message.back() == '.'));
  return message;
}

void refuses(const std::string& bytes, const std::string& expected) {
  const std::string message = message_of(bytes);
  CAPTURE(message);
  CHECK_MESSAGE(message.find(expected) != std::string::npos, expected);
}

const std::string data = chunk("data", samples_as_bytes({1, -1, 300, -32768, 32767, 7}));

std::string extensible(const std::string& identifier) {
  return chunk("fmt ", pcm_format(2, 44100, 16, 0xfffe) + little_endian(22, 2) + little_endian(16, 2) +
                           little_endian(3, 4) + identifier);
}
const std::string pcm_identifier("\x01\x00\x00\x00\x00\x00\x10\x00\x80\x00\x00\xaa\x00\x38\x9b\x71", 16);

}  // namespace

TEST_CASE("mono and stereo are read, from anywhere") {
  const std::string bytes = wav(2, 8000, {1, 3, -5, -8, 32767, 32767, -32768, -32768});
  const auto source = source_of(bytes);
  mica::WavReader reader;
  REQUIRE(reader.open(source).ok());
  CHECK(reader.rate() == 8000);
  CHECK(reader.channels() == 2);
  CHECK(reader.size() == 4);
  std::int16_t samples[8];
  REQUIRE(reader.read(1, 2, samples).ok());
  CHECK((samples[0] == -5 && samples[1] == -8 && samples[2] == 32767 && samples[3] == 32767));
  REQUIRE(reader.read_mono(0, 4, samples).ok());
  CHECK((samples[0] == 2 && samples[1] == -7 && samples[2] == 32767 && samples[3] == -32768));
  for (const int count : {-1, 5, 0x7fffffff}) {
    CHECK(!reader.read(0, count, samples).ok());
    CHECK(!reader.read_mono(0, count, samples).ok());
  }
  CHECK(!reader.read(5, 0, samples).ok());
  CHECK(!reader.read_mono(0xffffffffu, 2, samples).ok());
  CHECK(reader.read(4, 0, samples).ok());

  const std::string mono = wav(1, 16000, {9, 8, 7});
  const auto mono_source = source_of(mono);
  REQUIRE(reader.open(mono_source).ok());
  REQUIRE(reader.read_mono(1, 2, samples).ok());
  CHECK((reader.size() == 3 && samples[0] == 8 && samples[1] == 7));
}

TEST_CASE("a long stereo file as one channel") {
  std::vector<int> numbers;
  for (int i = 0; i < 2 * 200; ++i) numbers.push_back(i * 7 % 1000);
  const std::string bytes = wav(2, 8000, numbers);
  const auto source = source_of(bytes);
  mica::WavReader reader;
  REQUIRE(reader.open(source).ok());
  std::int16_t samples[199];
  REQUIRE(reader.read_mono(1, 199, samples).ok());
  for (std::size_t i = 0; i < 199; ++i) CHECK(samples[i] == (numbers[2 * i + 2] + numbers[2 * i + 3]) / 2);
}

TEST_CASE("other chunks are passed over, the form WAVE_FORMAT_EXTENSIBLE is read") {
  const std::string format = chunk("fmt ", pcm_format(1, 16000));
  CHECK(message_of(riff(format + data)).empty());
  CHECK(message_of(riff(chunk("LIST", "odd") + format + chunk("fact", "1234") + data + chunk("id3 ", "x"))).empty());
  CHECK(message_of(riff(data + format)).empty());
  CHECK(message_of(riff(extensible(pcm_identifier) + data)).empty());
  // The size of the whole is not believed; some bytes behind the last chunk are no chunk.
  std::string streamed = riff(format + data) + "end";
  streamed.replace(4, 4, "\xff\xff\xff\xff");
  CHECK(message_of(streamed).empty());
  // An odd chunk at the end, without its byte 0.
  const std::string odd = riff(format + data + chunk("note", "abc"));
  CHECK(message_of(odd.substr(0, odd.size() - 1)).empty());
}

TEST_CASE("what is no such file is refused in a sentence") {
  const std::string format = chunk("fmt ", pcm_format(1, 16000));
  refuses("", "too short");
  refuses("P5 2 2 255 xxxx", "no WAV file");
  refuses("RIFX" + riff(format + data).substr(4), "big-endian");
  refuses("RF64" + riff(format + data).substr(4), "64-bit");
  refuses(riff(data), "no fmt chunk");
  refuses(riff(format), "no data chunk");
  refuses(riff(format + chunk("data", "")), "no samples");
  refuses(riff(format + chunk("data", "abc")), "3 bytes of samples");
  refuses(riff(format + format + data), "two fmt chunks");
  refuses(riff(format + data + data), "two data chunks");
  refuses(riff(chunk("fmt ", "short") + data), "fmt chunk of 5 bytes");
  refuses(riff(chunk("fmt ", pcm_format(1, 16000, 8)) + data), "8 bits");
  refuses(riff(chunk("fmt ", pcm_format(1, 16000, 24)) + data), "24 bits");
  refuses(riff(chunk("fmt ", pcm_format(1, 16000, 32, 3)) + data), "floating point");
  refuses(riff(chunk("fmt ", pcm_format(3, 16000)) + data), "3 channels");
  refuses(riff(chunk("fmt ", pcm_format(0, 16000)) + data), "0 channels");
  refuses(riff(chunk("fmt ", pcm_format(1, 0)) + data), "0 samples in a second");
  refuses(riff(chunk("fmt ", pcm_format(1, -1)) + data), "4294967295 samples in a second");
  refuses(riff(extensible(std::string("\x03") + pcm_identifier.substr(1)) + data), "floating point");
  refuses(riff(extensible(std::string(16, 'x')) + data), "without a coding");
  std::string block = pcm_format(1, 16000);
  block[12] = 4;
  refuses(riff(chunk("fmt ", block) + data), "take 4 bytes");
  refuses(riff(format + "data" + little_endian(0xffffffff, 4) + "ab"), "claims 4294967295 bytes, but 2 follow");
  std::string many = format;
  for (int i = 0; i < 1001; ++i) many += chunk("junk", "");
  refuses(riff(many + data), "more than 1000 chunks");
}

TEST_CASE("truncation at every byte and a flip of every bit end in a sentence or in samples") {
  const std::string whole = riff(chunk("fmt ", pcm_format(1, 16000)) + data);
  for (std::size_t length = 0; length < whole.size(); ++length) CHECK(!message_of(whole.substr(0, length)).empty());
  for (std::size_t bit = 0; bit < 8 * whole.size(); ++bit) {
    std::string damaged = whole;
    damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ 1 << bit % 8);
    message_of(damaged);
  }
  const std::string extended = riff(extensible(pcm_identifier) + data);
  for (std::size_t length = 0; length < extended.size(); ++length)
    CHECK(!message_of(extended.substr(0, length)).empty());
}

TEST_CASE("a device that fails is a sentence, and a file that could not be opened changes nothing") {
  class Failing final : public mica::io::ByteSource {
   public:
    explicit Failing(const std::string& bytes) : bytes_(bytes) {}
    std::uint64_t size() const override { return bytes_.size(); }
    bool read(std::uint64_t offset, void* into, std::size_t count) const override {
      if (offset + count > works_to) return false;
      std::memcpy(into, bytes_.data() + offset, count);
      return true;
    }
    const char* name() const override { return "card"; }
    std::uint64_t works_to = 0;

   private:
    const std::string& bytes_;
  };
  const std::string bytes = wav(1, 16000, {1, 2, 3});
  Failing card(bytes);
  mica::WavReader reader;
  for (card.works_to = 0; card.works_to < 44; ++card.works_to) {
    const mica::Status status = reader.open(card);
    CHECK(std::strstr(status.message(), "card could not be read at byte ") == status.message());
  }
  CHECK(reader.size() == 0);
  REQUIRE(reader.open(card).ok());
  std::int16_t samples[3];
  CHECK(!reader.read(0, 3, samples).ok());
  const std::string wrong = riff(data);
  CHECK(!reader.open(source_of(wrong)).ok());
  card.works_to = 50;
  CHECK(reader.read(0, 3, samples).ok());
  CHECK(samples[2] == 3);
}
