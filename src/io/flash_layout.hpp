// Where what lies in a slot of a flash, see docs/files.md.
#pragma once

#include <mica/io/flash_slot.hpp>

#include "checkpoint_layout.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace io {

constexpr unsigned char flash_magic[4] = {0x89, 'M', 'F', 'l'};
constexpr std::uint32_t flash_version = 1;

// Byte offsets in a slot's header.
enum FlashHeaderOffset : std::size_t {
  at_flash_version = 4,
  at_flash_sequence = 8,
  at_flash_bytes = 12,
  at_flash_checksum = 16,
  at_flash_word_bytes = 20,
  at_flash_reserved = 24,
  at_flash_header_checksum = 28,
};
static_assert(at_flash_header_checksum + checksum_bytes == flash_header_bytes);

// What commit words repeat: neither an erased word nor one of zeros.
constexpr std::uint32_t commit_mark(std::uint32_t header_checksum) {
  return (header_checksum | 0x80000000) & 0xfffffffe;
}

// Whether all bytes are `value`.
inline bool all_are(const unsigned char* bytes, std::size_t count, unsigned char value) {
  for (std::size_t i = 0; i < count; ++i) {
    if (bytes[i] != value) return false;
  }
  return true;
}

// Fills a commit word, and tells whether a word is one.
inline void put_mark(unsigned char* word, std::uint32_t word_bytes, std::uint32_t mark) {
  for (std::uint32_t i = 0; i < word_bytes; i += 4) put_word(word + i, mark);
}
inline bool is_mark(const unsigned char* word, std::uint32_t word_bytes, std::uint32_t mark) {
  for (std::uint32_t i = 0; i < word_bytes; i += 4) {
    if (get_word(word + i) != mark) return false;
  }
  return true;
}

// The checksum of `count` bytes from `offset`; false if they cannot be read.
bool flash_checksum(const Flash& flash, std::uint32_t offset, std::uint32_t count, std::uint32_t& checksum);

}  // namespace io
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
