// One checkpoint in flash: what FlashCheckpoint keeps two of. docs/files.md says where what lies.
#pragma once

#include <cstddef>
#include <cstdint>

#include <mica/io/bytes.hpp>
#include <mica/io/crc32.hpp>
#include <mica/io/flash.hpp>
#include <mica/namespace.hpp>
#include <mica/status.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace io {

constexpr std::uint32_t flash_header_bytes = 32;
// Behind the content lie pairs of commit words, of which a pair's second is begun once its first is whole, and then the
// word that revokes the slot.
constexpr std::uint32_t flash_commit_words = 8;
constexpr std::uint32_t longest_flash_word = 32;

// What a slot takes whose content has so many bytes.
constexpr std::uint64_t flash_slot_bytes(std::uint64_t content, std::uint32_t word_bytes) {
  const std::uint64_t words = (content + word_bytes - 1) / word_bytes;
  return flash_header_bytes + (words + flash_commit_words + 1) * word_bytes;
}

// FlashSlot: where a slot lies, and what it was found to hold. Memory: 28 bytes.
struct FlashSlot {
  enum class State : std::uint8_t { empty, unreadable, foreign, newer, revoked, incomplete, damaged, valid };

  std::uint32_t first_page = 0, pages = 0;
  State state = State::empty;
  std::uint32_t sequence = 0;
  std::uint32_t bytes = 0;     // of the content
  std::uint32_t checksum = 0;  // of the content
  std::uint32_t mark = 0;      // what the commit words repeat

  // Reads and verifies the whole slot.
  void examine(const Flash& flash);
  // Makes sure that a valid slot stays valid. If power failed while the first commit word was programmed, that word may
  // read as right now and as wrong later: then another pair is programmed, as long as there is one.
  void confirm(Flash& flash) const;

  // Makes sure that a slot that is erased now is not valid, also if power fails in the erase and the page reads as
  // before at one time and as noise at another.
  void revoke(Flash& flash) const;

  std::uint32_t start(const Flash& flash) const { return first_page * flash.geometry().page_bytes; }
  // Where the i-th word behind the content lies.
  std::uint32_t word_behind(const Flash& flash, std::uint32_t i) const;
  FlashSource content(const Flash& flash) const { return {flash, start(flash) + flash_header_bytes, bytes}; }
};

// FlashSlotWriter: fills a slot, through a buffer of one word. The same bytes are written twice: the first time they
// are only counted, so that nothing is erased for a checkpoint that has no room.
// Memory: about 100 bytes. Errors: a page that cannot be erased; a word that cannot be programmed or reads back
// differently; content that is not the same the second time.
class FlashSlotWriter final : public ByteSink {
 public:
  explicit FlashSlotWriter(Flash& flash) : flash_(&flash) {}

  bool write(const void* bytes, std::size_t count) override { return write_all(bytes, count); }
  const char* name() const override { return flash_->name(); }

  // After the first time.
  std::uint32_t counted() const { return counted_; }
  bool begin(const FlashSlot& slot, std::uint32_t sequence);
  // After the second time: verifies the whole slot and makes it valid.
  bool commit();

  // What went wrong; `kept` says whether there is an older checkpoint.
  Status failure_status(bool kept) const;
  bool failed() const { return failure_ != Failure::none; }

 private:
  enum class Failure : std::uint8_t { none, erase, program, unreadable, differs, changed };

  bool write_all(const void* bytes, std::size_t count);
  bool program_word(std::uint32_t offset, const unsigned char* word);
  bool fail(Failure failure, std::uint32_t page, std::uint32_t byte = 0);

  Flash* flash_;
  FlashSlot slot_;
  Crc32 crc_;
  bool programming_ = false;
  Failure failure_ = Failure::none;
  unsigned char expected_ = 0, found_ = 0;
  std::uint32_t page_ = 0, byte_ = 0;  // of the failure
  std::uint32_t counted_ = 0, written_ = 0;
  unsigned char word_[longest_flash_word] = {};
};

}  // namespace io
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
