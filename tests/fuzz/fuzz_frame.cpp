// Arbitrary bytes on a line: the frames that the parser finds are those that a search over the whole stream finds, and
// a dataset that is served by them ends every read with a sample or a sentence.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <vector>

#include <mica/data/serial_dataset.hpp>
#include <mica/io/crc32.hpp>
#include <mica/io/frame.hpp>

#include "tests/fuzz/require.hpp"

namespace {

namespace io = mica::io;
constexpr std::size_t capacity = 40;

using fuzz::require;

std::uint32_t checksum(const std::uint8_t* bytes, std::size_t count) {
  io::Crc32 crc;
  crc.add(bytes, count);
  return crc.value();
}

// The stream: bytes as they are, but 'F' n is a frame of n of them with right checks, and 'H' n the header of one.
std::vector<std::uint8_t> stream_of(const std::uint8_t* bytes, std::size_t size) {
  std::vector<std::uint8_t> stream;
  for (std::size_t i = 0; i < size; ++i) {
    const bool frame = bytes[i] == 'F', header = bytes[i] == 'H';
    if ((!frame && !header) || i + 1 >= size) {
      stream.push_back(bytes[i]);
      continue;
    }
    std::uint8_t made[300];
    io::MemorySink sink(made, sizeof made);
    std::size_t count = bytes[++i] % 64;
    if (count > size - i - 1) count = size - i - 1;
    require(io::write_frame(bytes + i + 1, count, sink));
    stream.insert(stream.end(), made, made + (frame ? sink.used() : io::frame_header_bytes));
    if (frame) i += count;
  }
  return stream;
}

// The payloads in a stream, each with its length in front.
std::vector<std::uint8_t> search(const std::vector<std::uint8_t>& stream) {
  std::vector<std::uint8_t> found;
  for (std::size_t i = 0; i < stream.size(); ++i) {
    const std::uint8_t* const at = stream.data() + i;
    const std::size_t left = stream.size() - i;
    if (left < io::frame_overhead || at[0] != 'M' || at[1] != 'i') continue;
    const std::size_t length = at[2] | std::size_t{at[3]} << 8;
    if (checksum(at + 2, 2) % 65536 != (at[4] | std::uint32_t{at[5]} << 8)) continue;
    if (length + io::frame_overhead > capacity || length + io::frame_overhead > left) continue;
    std::vector<std::uint8_t> covered(at + 2, at + 4);
    covered.insert(covered.end(), at + 6, at + 6 + length);
    const std::uint8_t* const end = at + 6 + length;
    const std::uint32_t stated = end[0] | end[1] << 8 | end[2] << 16 | std::uint32_t{end[3]} << 24;
    if (checksum(covered.data(), covered.size()) != stated) continue;
    found.push_back(static_cast<std::uint8_t>(length));
    found.insert(found.end(), at + 6, at + 6 + length);
    i += length + io::frame_overhead - 1;
  }
  return found;
}

struct Line final : io::SerialPort {
  explicit Line(const std::vector<std::uint8_t>& given) : stream(given) {}
  int receive() override { return next < stream.size() ? stream[next++] : -1; }
  bool write(const void*, std::size_t) override { return true; }
  const char* name() const override { return "the line"; }
  const std::vector<std::uint8_t>& stream;
  std::size_t next = 0;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::vector<std::uint8_t> stream = stream_of(bytes, size);
  // On the heap, so that the address sanitizer sees every byte too many.
  auto* const buffer = static_cast<std::uint8_t*>(std::malloc(capacity));
  io::FrameParser parser(buffer, capacity);
  std::vector<std::uint8_t> found;
  const auto take = [&] {
    found.push_back(static_cast<std::uint8_t>(parser.size()));
    found.insert(found.end(), parser.payload(), parser.payload() + parser.size());
  };
  for (const std::uint8_t byte : stream) {
    if (parser.add(byte)) take();
  }
  // What is left is at most one buffer.
  for (std::size_t i = 0; i < capacity; ++i) {
    if (parser.skip()) take();
  }
  require(found == search(stream));
  std::free(buffer);

  Line line(stream);
  const mica::SerialDataset<mica::Shape<2, 2, 1>> data(line, 3, 10);
  for (int i = 0; i < 3; ++i) {
    float sample[4];
    std::uint8_t label = 255;
    const mica::Status status = data.read(i, sample, label);
    const std::size_t length = std::strlen(status.message());
    require(status.ok() ? label < 10 : length > 20 && status.message()[length - 1] == '.');
  }
  return 0;
}
