#include <mica/io/crc32.hpp>
#include <mica/io/frame.hpp>

#include "checkpoint_layout.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace io {
namespace {

constexpr unsigned char frame_magic[2] = {'M', 'i'};
constexpr std::size_t at_length = 2, at_check = 4;

std::size_t get_length(const unsigned char* bytes) { return bytes[0] | std::size_t{bytes[1]} << 8; }
void put_length(unsigned char* bytes, std::size_t length) {
  bytes[0] = static_cast<unsigned char>(length);
  bytes[1] = static_cast<unsigned char>(length >> 8);
}

// Without it, a changed length would make the parser wait for bytes that do not come.
std::size_t check_of(const unsigned char* length) {
  Crc32 crc;
  crc.add(length, 2);
  return crc.value() % 65536;
}

}  // namespace

bool write_frame(const void* payload, std::size_t count, ByteSink& sink) {
  if (count > longest_payload) return false;
  unsigned char header[frame_header_bytes], checksum[checksum_bytes];
  std::memcpy(header, frame_magic, sizeof frame_magic);
  put_length(header + at_length, count);
  put_length(header + at_check, check_of(header + at_length));
  Crc32 crc;
  crc.add(header + at_length, 2);
  crc.add(payload, count);
  put_word(checksum, crc.value());
  return sink.write(header, sizeof header) && sink.write(payload, count) && sink.write(checksum, sizeof checksum);
}

void FrameParser::drop(std::size_t count) {
  held_ -= count;
  if (held_ > 0) std::memmove(buffer_, buffer_ + count, held_);
}

// Drops bytes until a frame or the beginning of one stands in front; true if it is whole.
bool FrameParser::search() {
  while (held_ > 0) {
    const std::size_t magic = held_ < sizeof frame_magic ? held_ : sizeof frame_magic;
    bool possible = std::memcmp(buffer_, frame_magic, magic) == 0;
    if (possible && held_ >= frame_header_bytes) {
      const std::size_t length = get_length(buffer_ + at_length), whole = length + frame_overhead;
      possible = whole <= capacity_ && get_length(buffer_ + at_check) == check_of(buffer_ + at_length);
      if (possible && held_ >= whole) {
        Crc32 crc;
        crc.add(buffer_ + at_length, 2);
        crc.add(buffer_ + frame_header_bytes, length);
        possible = get_word(buffer_ + frame_header_bytes + length) == crc.value();
        if (possible) {
          size_ = length;
          complete_ = whole;
          return true;
        }
      }
    }
    if (possible) return false;
    // To the next byte that a frame could begin with.
    std::size_t behind = 1;
    while (behind < held_ && buffer_[behind] != frame_magic[0]) ++behind;
    dropped_ += static_cast<std::uint32_t>(behind);
    drop(behind);
  }
  return false;
}

bool FrameParser::add(unsigned char byte) {
  drop(complete_);
  complete_ = 0;
  if (held_ == capacity_) return false;  // only a buffer that has no room for any frame
  buffer_[held_++] = byte;
  return search();
}

bool FrameParser::skip() {
  drop(complete_);
  complete_ = 0;
  while (held_ > 0) {
    if (search()) return true;
    if (held_ == 0) break;
    ++dropped_;
    drop(1);
  }
  return false;
}

}  // namespace io
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
