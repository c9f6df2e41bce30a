#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

#include <mica/io/bytes.hpp>
#include <mica/namespace.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace io {

// BlockDevice: a device that is read in whole blocks, such as an SD card. The driver derives from it.
// Memory: a table pointer.
class BlockDevice {
 public:
  virtual std::uint32_t blocks() const = 0;
  // Reads one block of the size that the driver's BlockSource names; false if the device fails.
  virtual bool read_block(std::uint32_t block, void* into) const = 0;
  // What messages call it.
  virtual const char* name() const = 0;

 protected:
  ~BlockDevice() = default;
};

// BlockSource: a block device as a source of bytes, through a buffer of one block: reads of neighbouring bytes touch
// the device once. Whole blocks inside a read go straight to where they are wanted.
// Memory: one block and five words. Because of the buffer, two threads must not read from one BlockSource.
// Errors: a read outside the device or of a block that the device cannot give.
template <std::size_t block_bytes = 512>
class BlockSource final : public ByteSource {
  static_assert(block_bytes > 0, "mica::io::BlockSource: a block has at least one byte.");

 public:
  explicit BlockSource(const BlockDevice& device) : device_(&device) {}

  std::uint64_t size() const override { return std::uint64_t{device_->blocks()} * block_bytes; }
  bool read(std::uint64_t offset, void* into, std::size_t count) const override {
    if (offset > size() || count > size() - offset) return false;
    auto* out = static_cast<unsigned char*>(into);
    while (count > 0) {
      const auto block = static_cast<std::uint32_t>(offset / block_bytes);
      const auto first = static_cast<std::size_t>(offset % block_bytes);
      const std::size_t part = count < block_bytes - first ? count : block_bytes - first;
      if (part == block_bytes) {
        if (!device_->read_block(block, out)) return false;
      } else {
        if (!fetch(block)) return false;
        std::memcpy(out, buffer_ + first, part);
      }
      out += part;
      offset += part;
      count -= part;
    }
    return true;
  }
  const char* name() const override { return device_->name(); }

 private:
  bool fetch(std::uint32_t block) const {
    if (held_ && block == block_) return true;
    held_ = device_->read_block(block, buffer_);
    block_ = block;
    return held_;
  }

  const BlockDevice* device_;
  mutable bool held_ = false;
  mutable std::uint32_t block_ = 0;
  mutable unsigned char buffer_[block_bytes];
};

}  // namespace io
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
