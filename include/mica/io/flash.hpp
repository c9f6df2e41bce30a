#pragma once

#include <cstddef>
#include <cstdint>

#include <mica/io/bytes.hpp>
#include <mica/namespace.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace io {

// FlashGeometry: how a flash is divided. All pages have one size; a part with sectors of several sizes offers those of
// one size, and a part that programs less than 4 bytes at a time programs several times. Memory: 12 bytes.
struct FlashGeometry {
  std::uint32_t page_bytes = 0;  // what is erased at once: whole words
  std::uint32_t page_count = 0;
  std::uint32_t word_bytes = 0;  // what is programmed at once: 4, 8, 16 or 32
};

// Flash: memory in which an erase sets all bits of a page, and programming a word only clears bits. Offsets are counted
// from the start of page 0. The driver of a part derives from it: three functions that wait until the part is ready.
// Mica programs each word at most once after its page was erased, as parts with error correction demand, and erases
// every page before it programs it, whatever it reads as.
// When power fails in program() or erase(), the bits of this word or page may read as anything, also differently at
// each time; all others must stay. An erase or a program that has come to its end is stable.
// Memory: a table pointer and 12 bytes. Errors: false, if the part reports one; also a read of bits that its error
// correction gives up.
class Flash {
 public:
  const FlashGeometry& geometry() const { return geometry_; }

  virtual bool read(std::uint32_t offset, void* into, std::size_t count) const = 0;
  virtual bool erase(std::uint32_t page) = 0;
  // Programs one word; `offset` is a multiple of the word's size. `word` need not be aligned.
  virtual bool program(std::uint32_t offset, const void* word) = 0;
  // What messages call it.
  virtual const char* name() const = 0;

 protected:
  constexpr explicit Flash(const FlashGeometry& geometry) : geometry_(geometry) {}
  ~Flash() = default;

 private:
  FlashGeometry geometry_;
};

// FlashSource: a part of a flash as a source. Memory: a table pointer and three words.
class FlashSource final : public ByteSource {
 public:
  constexpr FlashSource(const Flash& flash, std::uint32_t offset, std::uint32_t size)
      : flash_(&flash), offset_(offset), size_(size) {}

  std::uint64_t size() const override { return size_; }
  bool read(std::uint64_t offset, void* into, std::size_t count) const override {
    if (offset > size_ || count > size_ - offset) return false;
    return flash_->read(offset_ + static_cast<std::uint32_t>(offset), into, count);
  }
  const char* name() const override { return flash_->name(); }

 private:
  const Flash* flash_;
  std::uint32_t offset_, size_;
};

}  // namespace io
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
