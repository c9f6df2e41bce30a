#pragma once

#include <cstddef>
#include <cstdint>

#include <mica/io/bytes.hpp>
#include <mica/namespace.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace io {

// Frames: packets of bytes on a line that loses, adds and changes bytes, such as a UART (docs/files.md).
//   4d 69, length n, check of the length: 2 bytes each; n bytes of payload; CRC-32 of length and payload
constexpr std::size_t frame_header_bytes = 6;
constexpr std::size_t frame_overhead = frame_header_bytes + 4;
constexpr std::size_t longest_payload = 65535;

// Writes one frame; false if the sink fails or the payload is too long.
bool write_frame(const void* payload, std::size_t count, ByteSink& sink);

// FrameParser: finds the frames in what arrives, byte by byte. What is no frame is dropped: after a false start the
// search goes on at the byte behind it, in what has been kept, so that no frame is lost that arrived whole and in
// order. The buffer holds the longest frame: payload and frame_overhead. A frame that claims to be longer is none.
// Memory: six words; the buffer is the caller's. Errors: none; what is wrong is counted by dropped().
class FrameParser {
 public:
  FrameParser(void* buffer, std::size_t capacity) : buffer_(static_cast<unsigned char*>(buffer)), capacity_(capacity) {}

  // Takes the next byte; true if it completes a frame, whose payload is there until the next call.
  bool add(unsigned char byte);
  // After a pause in which a frame would have been completed: gives up what was begun. True if there is a whole frame
  // behind it; false once nothing is left.
  bool skip();

  const unsigned char* payload() const { return buffer_ + frame_header_bytes; }
  std::size_t size() const { return size_; }
  // Bytes that belonged to no frame.
  std::uint32_t dropped() const { return dropped_; }

 private:
  bool search();
  void drop(std::size_t count);

  unsigned char* buffer_;
  std::size_t capacity_;
  std::size_t held_ = 0;
  std::size_t complete_ = 0;  // bytes of the frame that was found last, and now lies in front
  std::size_t size_ = 0;      // of its payload
  std::uint32_t dropped_ = 0;
};

}  // namespace io
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
