#pragma once

#include <cstdint>

#include <mica/io/checkpoint.hpp>
#include <mica/io/flash.hpp>
#include <mica/io/flash_slot.hpp>
#include <mica/namespace.hpp>
#include <mica/status.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace io {

// FlashCheckpoint: checkpoints in a flash without a file system, of which power may fail at any moment:
//   io::FlashCheckpoint checkpoint(flash, first_page, pages_of_a_slot);
//   checkpoint.load(model, trainer, position);    or load(model)
//   checkpoint.save(model, trainer, position);    or save(model)
// There are two slots of equal size, one behind the other. A checkpoint goes into the slot that does not hold the
// newest one, word by word, each read back; the whole of it is verified, and only then made valid by its commit words,
// which come last. Until then, and if any of it fails, the older checkpoint stays the valid one. Both slots take turns,
// so that they wear equally.
// Loading takes the newest valid slot and verifies all of it before it changes anything. If power failed while that
// slot was made valid, loading first completes this, so that what it has returned once stays. What is refused for
// another reason, such as another network, is not looked for in the older slot.
// Memory: 16 bytes at most; no second copy of the model. Stack on a Cortex-M: 1.7 KB to save, 2.8 KB to load.
// Flash: flash_slot_bytes() for each slot, and 5 KB of code beside that of checkpoints.
// Errors: those of save() and load(); slots that do not fit the flash or are too small; no valid slot; a page that
// cannot be erased or programmed. Model, trainer and position then stay as they were.
class FlashCheckpoint {
 public:
  constexpr FlashCheckpoint(Flash& flash, std::uint32_t first_page, std::uint32_t pages_of_a_slot)
      : flash_(&flash), first_page_(first_page), pages_(pages_of_a_slot) {}

  template <class Net>
  Status save(const Model<Net>& model) {
    return save_parts(model);
  }
  template <class Net, class AnyTrainer>
  Status save(const Model<Net>& model, const AnyTrainer& trainer, const TrainingPosition& position) {
    return save_parts(model, trainer, position);
  }

  template <class Net>
  Status load(Model<Net>& model) {
    return load_parts(model);
  }
  template <class Net, class AnyTrainer>
  Status load(Model<Net>& model, AnyTrainer& trainer, TrainingPosition& position) {
    return load_parts(model, trainer, position);
  }

 private:
  template <class... Parts>
  Status save_parts(const Parts&... parts) {
    FlashSlotWriter writer(*flash_);
    bool kept = false;
    if (Status status = io::save(parts..., writer); !status.ok()) return status;
    if (Status status = begin(writer, kept); !status.ok()) return status;
    Status status = io::save(parts..., writer);
    if (status.ok() && writer.commit()) return status;
    return writer.failed() ? writer.failure_status(kept) : status;
  }
  template <class... Parts>
  Status load_parts(Parts&... parts) {
    FlashSlot slot;
    if (Status status = find(slot); !status.ok()) return status;
    return io::load(parts..., slot.content(*flash_));
  }

  // The newest valid slot, which is the one for good from now on.
  Status find(FlashSlot& newest);
  // Finds the slot to write to and erases it.
  Status begin(FlashSlotWriter& writer, bool& kept);
  Status check() const;
  // Which of both is newest; -1: neither is valid.
  int examine(FlashSlot (&slots)[2]) const;

  Flash* flash_;
  std::uint32_t first_page_, pages_;
};

}  // namespace io
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
