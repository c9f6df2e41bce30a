// What a program leaves of the board's flash, as a flash for checkpoints and weights.
#pragma once

#include <cstring>

#include <mica/io/flash.hpp>

// From sections.ld.
extern "C" {
extern unsigned char __flash_free[];
extern unsigned char __flash_end[];
}

// FreeFlash: `pages` pages behind the program. This one is for the emulated MPS2 boards, whose program memory can be
// written to like any other and only has to behave like flash. On a real part, erase() and program() unlock its flash
// controller, write, and wait; everything else stays.
template <int pages, int page_bytes_, int word_bytes_>
class FreeFlash final : public mica::io::Flash {
 public:
  static constexpr int page_bytes = page_bytes_, word_bytes = word_bytes_;

  FreeFlash() : Flash({page_bytes, pages, word_bytes}) {}

  // Behind the last page there is still flash.
  bool fits() const { return bytes() + pages * page_bytes <= __flash_end; }
  // Where the processor reads a page like any memory.
  const void* address(int page) const { return bytes() + page * page_bytes; }

  bool read(std::uint32_t offset, void* into, std::size_t count) const override {
    if (offset > size || count > size - offset) return false;
    std::memcpy(into, bytes() + offset, count);
    return true;
  }
  bool erase(std::uint32_t page) override {
    if (page >= pages) return false;
    std::memset(bytes() + page * page_bytes, 0xff, page_bytes);
    return true;
  }
  bool program(std::uint32_t offset, const void* word) override {
    if (offset >= size || offset % word_bytes != 0) return false;
    for (int i = 0; i < word_bytes; ++i) bytes()[offset + i] &= static_cast<const unsigned char*>(word)[i];
    return true;
  }
  const char* name() const override { return "the free flash"; }

 private:
  static constexpr std::uint32_t size = pages * page_bytes;

  static unsigned char* bytes() {
    const auto first = reinterpret_cast<std::uintptr_t>(__flash_free);
    return reinterpret_cast<unsigned char*>((first + page_bytes - 1) / page_bytes * page_bytes);
  }
};
