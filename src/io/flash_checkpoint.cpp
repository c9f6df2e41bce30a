#include <mica/io/flash_checkpoint.hpp>

#include "short_name.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace io {
namespace {

// Sequence numbers begin again at 0 after 2^32 - 1: the nearer way round tells which is newer.
bool newer(std::uint32_t a, std::uint32_t b) { return a != b && a - b < 0x80000000; }

const char* describe(FlashSlot::State state) {
  switch (state) {
    case FlashSlot::State::empty:
      return "is empty";
    case FlashSlot::State::unreadable:
      return "cannot be read";
    case FlashSlot::State::foreign:
      return "holds no header of this flash";
    case FlashSlot::State::newer:
      return "is of a newer Mica";
    case FlashSlot::State::revoked:
      return "was given up";
    case FlashSlot::State::incomplete:
      return "was not completed";
    case FlashSlot::State::damaged:
      return "is damaged";
    case FlashSlot::State::valid:
      break;
  }
  return "is valid";
}

}  // namespace

Status FlashCheckpoint::check() const {
  const FlashGeometry& geometry = flash_->geometry();
  const std::uint32_t word_bytes = geometry.word_bytes;
  Status::Message text;
  const bool known = word_bytes == 4 || word_bytes == 8 || word_bytes == 16 || word_bytes == 32;
  if (!known || geometry.page_bytes == 0 || geometry.page_bytes % word_bytes != 0) {
    write_name(text, flash_->name()) << " has words of " << word_bytes << " bytes and pages of " << geometry.page_bytes
                                     << ", but words must be 4, 8, 16 or 32 bytes and a page whole words.";
    return Status::error(text);
  }
  const std::uint64_t end = first_page_ + 2 * std::uint64_t{pages_};
  if (pages_ == 0 || end > geometry.page_count || end * geometry.page_bytes > 0xffffffff) {
    text << "Two slots of " << pages_ << " pages from page " << first_page_ << " on do not fit ";
    write_name(text, flash_->name()) << ", which has " << geometry.page_count << " pages of " << geometry.page_bytes
                                     << " bytes.";
    return Status::error(text);
  }
  return {};
}

int FlashCheckpoint::examine(FlashSlot (&slots)[2]) const {
  int newest = -1;
  for (int i = 0; i < 2; ++i) {
    slots[i].first_page = first_page_ + static_cast<std::uint32_t>(i) * pages_;
    slots[i].pages = pages_;
    slots[i].examine(*flash_);
    if (slots[i].state != FlashSlot::State::valid) continue;
    if (newest < 0 || newer(slots[i].sequence, slots[newest].sequence)) newest = i;
  }
  return newest;
}

Status FlashCheckpoint::find(FlashSlot& newest) {
  if (Status status = check(); !status.ok()) return status;
  FlashSlot slots[2];
  const int found = examine(slots);
  if (found >= 0) {
    newest = slots[found];
    newest.confirm(*flash_);
    return {};
  }
  Status::Message text;
  write_name(text, flash_->name()) << " holds no checkpoint: the slot at page " << slots[0].first_page << ' '
                                   << describe(slots[0].state) << ", the one at page " << slots[1].first_page << ' '
                                   << describe(slots[1].state) << '.';
  return Status::error(text);
}

Status FlashCheckpoint::begin(FlashSlotWriter& writer, bool& kept) {
  if (Status status = check(); !status.ok()) return status;
  const FlashGeometry& geometry = flash_->geometry();
  const std::uint64_t bytes = flash_slot_bytes(writer.counted(), geometry.word_bytes);
  const std::uint64_t room = std::uint64_t{pages_} * geometry.page_bytes;
  if (bytes > room) {
    Status::Message text;
    text << "This checkpoint takes " << number(bytes) << " bytes of ";
    write_name(text, flash_->name()) << ", but a slot of " << pages_ << " pages has " << number(room) << '.';
    return Status::error(text);
  }
  FlashSlot slots[2];
  const int newest = examine(slots);
  kept = newest >= 0;
  std::uint32_t sequence = 1;
  if (kept) {
    // From here on everything depends on this slot.
    slots[newest].confirm(*flash_);
    sequence = slots[newest].sequence + 1;
  }
  if (!writer.begin(slots[newest == 0 ? 1 : 0], sequence)) return writer.failure_status(kept);
  return {};
}

}  // namespace io
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
