#include "flash_layout.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace io {

bool flash_checksum(const Flash& flash, std::uint32_t offset, std::uint32_t count, std::uint32_t& checksum) {
  unsigned char buffer[buffer_bytes];
  Crc32 crc;
  while (count > 0) {
    const std::uint32_t size = count < buffer_bytes ? count : std::uint32_t{buffer_bytes};
    if (!flash.read(offset, buffer, size)) return false;
    crc.add(buffer, size);
    offset += size;
    count -= size;
  }
  checksum = crc.value();
  return true;
}

std::uint32_t FlashSlot::word_behind(const Flash& flash, std::uint32_t i) const {
  const std::uint32_t word_bytes = flash.geometry().word_bytes;
  const std::uint32_t words = bytes / word_bytes + (bytes % word_bytes != 0 ? 1 : 0);
  return start(flash) + flash_header_bytes + (words + i) * word_bytes;
}

void FlashSlot::examine(const Flash& flash) {
  const FlashGeometry& geometry = flash.geometry();
  unsigned char header[flash_header_bytes];
  state = State::unreadable;
  if (!flash.read(start(flash), header, sizeof header)) return;
  state = State::empty;
  if (all_are(header, sizeof header, 0xff)) return;

  state = State::foreign;
  Crc32 crc;
  crc.add(header, at_flash_header_checksum);
  if (std::memcmp(header, flash_magic, sizeof flash_magic) != 0) return;
  if (get_word(header + at_flash_header_checksum) != crc.value()) return;
  state = State::newer;
  if (get_word(header + at_flash_version) > flash_version) return;

  state = State::foreign;
  sequence = get_word(header + at_flash_sequence);
  bytes = get_word(header + at_flash_bytes);
  checksum = get_word(header + at_flash_checksum);
  mark = commit_mark(crc.value());
  if (get_word(header + at_flash_version) == 0 || get_word(header + at_flash_word_bytes) != geometry.word_bytes ||
      flash_slot_bytes(bytes, geometry.word_bytes) > std::uint64_t{pages} * geometry.page_bytes) {
    return;
  }

  state = State::revoked;
  unsigned char word[longest_flash_word];
  if (!flash.read(word_behind(flash, flash_commit_words), word, geometry.word_bytes)) return;
  if (!all_are(word, geometry.word_bytes, 0xff)) return;

  // One right commit word is enough: none is begun before all else is whole.
  state = State::incomplete;
  bool committed = false;
  for (std::uint32_t i = 0; i < flash_commit_words && !committed; ++i) {
    committed =
        flash.read(word_behind(flash, i), word, geometry.word_bytes) && is_mark(word, geometry.word_bytes, mark);
  }
  if (!committed) return;

  state = State::unreadable;
  std::uint32_t found = 0;
  if (!flash_checksum(flash, start(flash) + flash_header_bytes, bytes, found)) return;
  state = found == checksum ? State::valid : State::damaged;
}

void FlashSlot::confirm(Flash& flash) const {
  const std::uint32_t word_bytes = flash.geometry().word_bytes;
  unsigned char word[longest_flash_word];
  // A second word that reads as right was begun after the first was whole, so the first is right for good.
  for (std::uint32_t i = 1; i < flash_commit_words; i += 2) {
    if (flash.read(word_behind(flash, i), word, word_bytes) && is_mark(word, word_bytes, mark)) return;
  }
  const auto blank = [&](std::uint32_t i) {
    return flash.read(word_behind(flash, i), word, word_bytes) && all_are(word, word_bytes, 0xff);
  };
  const auto program = [&](std::uint32_t i) {
    put_mark(word, word_bytes, mark);
    return flash.program(word_behind(flash, i), word) && flash.read(word_behind(flash, i), word, word_bytes) &&
           is_mark(word, word_bytes, mark);
  };
  for (std::uint32_t i = 0; i < flash_commit_words; i += 2) {
    if (blank(i) && blank(i + 1) && program(i) && program(i + 1)) return;
  }
}

void FlashSlot::revoke(Flash& flash) const {
  // The states before these know no end of the content.
  if (state < State::incomplete) return;
  unsigned char word[longest_flash_word] = {};
  // What this fails to do, the erase may still do.
  static_cast<void>(flash.program(word_behind(flash, flash_commit_words), word));
}

}  // namespace io
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
