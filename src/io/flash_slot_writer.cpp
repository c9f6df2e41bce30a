#include "flash_layout.hpp"
#include "short_name.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace io {

bool FlashSlotWriter::fail(Failure failure, std::uint32_t page, std::uint32_t byte) {
  failure_ = failure;
  page_ = page;
  byte_ = byte;
  return false;
}

// Programs a word of the slot and reads it back.
bool FlashSlotWriter::program_word(std::uint32_t offset, const unsigned char* word) {
  const FlashGeometry& geometry = flash_->geometry();
  const std::uint32_t page = offset / geometry.page_bytes, byte = offset % geometry.page_bytes;
  unsigned char found[longest_flash_word];
  if (!flash_->program(offset, word)) return fail(Failure::program, page, byte);
  if (!flash_->read(offset, found, geometry.word_bytes)) return fail(Failure::unreadable, page, byte);
  for (std::uint32_t i = 0; i < geometry.word_bytes; ++i) {
    if (found[i] == word[i]) continue;
    expected_ = word[i];
    found_ = found[i];
    return fail(Failure::differs, page, byte + i);
  }
  return true;
}

bool FlashSlotWriter::begin(const FlashSlot& slot, std::uint32_t sequence) {
  const FlashGeometry& geometry = flash_->geometry();
  slot_.first_page = slot.first_page;
  slot_.pages = slot.pages;
  slot_.sequence = sequence;
  slot_.bytes = counted_;
  slot_.checksum = crc_.value();
  crc_ = Crc32();
  programming_ = true;

  // Only the pages that are needed.
  slot.revoke(*flash_);
  const std::uint64_t bytes = flash_slot_bytes(counted_, geometry.word_bytes);
  for (std::uint32_t page = 0; std::uint64_t{page} * geometry.page_bytes < bytes; ++page) {
    if (!flash_->erase(slot_.first_page + page)) return fail(Failure::erase, slot_.first_page + page);
  }

  unsigned char header[flash_header_bytes] = {};
  std::memcpy(header, flash_magic, sizeof flash_magic);
  put_word(header + at_flash_version, flash_version);
  put_word(header + at_flash_sequence, sequence);
  put_word(header + at_flash_bytes, slot_.bytes);
  put_word(header + at_flash_checksum, slot_.checksum);
  put_word(header + at_flash_word_bytes, geometry.word_bytes);
  Crc32 crc;
  crc.add(header, at_flash_header_checksum);
  put_word(header + at_flash_header_checksum, crc.value());
  slot_.mark = commit_mark(crc.value());
  for (std::uint32_t i = 0; i < flash_header_bytes; i += geometry.word_bytes) {
    if (!program_word(slot_.start(*flash_) + i, header + i)) return false;
  }
  return true;
}

bool FlashSlotWriter::write_all(const void* bytes, std::size_t count) {
  const auto* const next = static_cast<const unsigned char*>(bytes);
  if (failed()) return false;
  if (!programming_) {
    if (count > 0xffffffff - counted_) return fail(Failure::changed, 0);
    crc_.add(bytes, count);
    counted_ += static_cast<std::uint32_t>(count);
    return true;
  }
  if (count > slot_.bytes - written_) return fail(Failure::changed, 0);
  const std::uint32_t word_bytes = flash_->geometry().word_bytes;
  for (std::size_t i = 0; i < count; ++i) {
    word_[written_ % word_bytes] = next[i];
    ++written_;
    if (written_ % word_bytes != 0) continue;
    if (!program_word(slot_.start(*flash_) + flash_header_bytes + written_ - word_bytes, word_)) return false;
  }
  return true;
}

bool FlashSlotWriter::commit() {
  const std::uint32_t word_bytes = flash_->geometry().word_bytes, part = written_ % word_bytes;
  if (written_ != slot_.bytes) return fail(Failure::changed, 0);
  if (part != 0) {
    for (std::uint32_t i = part; i < word_bytes; ++i) word_[i] = 0;
    if (!program_word(slot_.start(*flash_) + flash_header_bytes + written_ - part, word_)) return false;
  }
  // Each word was read back at once; this finds what programming one word has done to others.
  std::uint32_t found = 0;
  if (!flash_checksum(*flash_, slot_.start(*flash_) + flash_header_bytes, slot_.bytes, found)) {
    return fail(Failure::unreadable, slot_.first_page);
  }
  if (found != slot_.checksum) return fail(Failure::changed, 0);

  put_mark(word_, word_bytes, slot_.mark);
  return program_word(slot_.word_behind(*flash_, 0), word_) && program_word(slot_.word_behind(*flash_, 1), word_);
}

Status FlashSlotWriter::failure_status(bool kept) const {
  Status::Message text;
  const auto write_byte = [&text](unsigned char byte) {
    text << "0x"
         << "0123456789abcdef"[byte >> 4] << "0123456789abcdef"[byte & 15];
  };
  if (failure_ == Failure::changed) {
    text << "What was saved to ";
    write_name(text, name()) << " did not read back as it was, or changed meanwhile";
  } else {
    text << "Page " << page_ << " of ";
    write_name(text, name());
    if (failure_ == Failure::erase) text << " could not be erased";
    if (failure_ == Failure::program) text << " could not be programmed at byte " << byte_;
    if (failure_ == Failure::unreadable) text << " could not be read back at byte " << byte_;
    if (failure_ == Failure::differs) {
      text << " was programmed with ";
      write_byte(expected_);
      text << " at byte " << byte_ << ", but reads as ";
      write_byte(found_);
    }
  }
  return Status::error(text << (kept ? ": the checkpoint before this one stays valid." : ": there is no checkpoint."));
}

}  // namespace io
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
