// Where what lies in a checkpoint, see docs/files.md. Every number is little-endian.
#pragma once

#include <cstdint>
#include <cstring>

#include <mica/io/checkpoint_parts.hpp>
#include <mica/io/crc32.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace io {

// The first byte is not text, and the line ends are spoilt by programs that change those of a text.
constexpr unsigned char checkpoint_magic[8] = {0x89, 'M', 'i', 'c', 'a', '\r', '\n', 0x1a};

// Byte offsets in the header.
enum HeaderOffset : std::size_t {
  at_version = 8,
  at_header_bytes = 12,
  at_kind = 16,
  at_batch = 20,
  at_fingerprint = 24,
  at_optimizer = 32,
  at_loss = 40,
  at_parameters = 48,
  at_statistics = 52,
  at_optimizer_state = 56,
  at_gradients = 60,
  at_optimizer_settings = 64,
  at_header_checksum = 68,
  header_bytes = 72,
};
constexpr std::uint64_t checksum_bytes = 4;

// The training record: this many words, and then the optimizer's settings.
constexpr int training_words = 15;
constexpr int most_training_words = training_words + most_settings;

constexpr std::size_t buffer_bytes = 256;

inline std::uint32_t get_word(const unsigned char* bytes) {
  return std::uint32_t{bytes[0]} | std::uint32_t{bytes[1]} << 8 | std::uint32_t{bytes[2]} << 16 |
         std::uint32_t{bytes[3]} << 24;
}
inline std::uint64_t get_long(const unsigned char* bytes) {
  return get_word(bytes) | std::uint64_t{get_word(bytes + 4)} << 32;
}
inline void put_word(unsigned char* bytes, std::uint32_t word) {
  for (int i = 0; i < 4; ++i) bytes[i] = static_cast<unsigned char>(word >> 8 * i);
}
inline void put_long(unsigned char* bytes, std::uint64_t number) {
  put_word(bytes, static_cast<std::uint32_t>(number));
  put_word(bytes + 4, static_cast<std::uint32_t>(number >> 32));
}

// Bytes between header and checksum. Counts are 32 bits, so this cannot overflow.
inline std::uint64_t payload_bytes(const CheckpointInfo& info) {
  return checkpoint_bytes(info) - header_bytes - checksum_bytes;
}
inline std::uint64_t training_record_offset(const CheckpointInfo& info) {
  return header_bytes + payload_bytes(info) - 4 * (std::uint64_t{training_words} + info.optimizer_settings);
}

// The record as words, and back; false if one is outside its range.
void put_training_record(const TrainingRecord& record, std::uint32_t* words);
bool get_training_record(const std::uint32_t* words, TrainingRecord& record);

// Reads the header and verifies sizes and checksums; inspect() goes on with the training record.
Status read_header(const ByteSource& source, CheckpointInfo& info);
Status unreadable(const ByteSource& source, std::uint64_t offset);

}  // namespace io
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
