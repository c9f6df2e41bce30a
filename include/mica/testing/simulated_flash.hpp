#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

#include <mica/io/flash.hpp>
#include <mica/namespace.hpp>
#include <mica/rng.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// What an operation leaves in a simulated flash when power fails in it: the bits of the word that were to be cleared,
// or all bits of the page.
enum class PowerCut : std::uint8_t {
  before,      // the operation had not begun
  half,        // its first half is done
  noise,       // random bits
  unstable,    // bits that read now as before, now as wanted, now as anything
  unreadable,  // reads of them fail, as where error correction gives up
  after        // the operation was complete, but nobody has heard of it
};
constexpr int power_cuts = 6;

// SimulatedFlash: a flash in an array whose power can be cut in any operation, whose cells can be worn, and which
// counts.
//   flash.cut_power(operation, PowerCut::noise, seed);    0 is the next erase or programmed word
// From then on every call fails until power_on(). New flash reads as 0xff; a copy is a second flash.
// Memory: twice its size, 1 byte for each word and 4 for each page, and 40 bytes.
template <int pages, int page_bytes, int word_bytes>
class SimulatedFlash : public io::Flash {
  static_assert(page_bytes % word_bytes == 0, "mica::SimulatedFlash: a page is whole words.");

 public:
  static constexpr int size = pages * page_bytes;

  SimulatedFlash() : io::Flash({page_bytes, pages, word_bytes}) { std::memset(bytes_, 0xff, sizeof bytes_); }

  bool read(std::uint32_t offset, void* into, std::size_t count) const override {
    if (!powered_ || offset > size || count > static_cast<std::size_t>(size) - offset) return false;
    auto* const out = static_cast<unsigned char*>(into);
    if (sound_) {
      std::memcpy(out, bytes_ + offset, count);
      return true;
    }
    // For some reads in a row unstable bits hold together, as before or as wanted, and then they are noise.
    const std::uint32_t mood = random_.fork(1).below(3, reads_++ / 8);
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t at = offset + i;
      if (unreadable_[at / word_bytes]) return false;
      out[i] = bytes_[at];
      if (loose_[at] != 0) out[i] = static_cast<unsigned char>(out[i] ^ (loose_[at] & wavering(mood)));
      if (at == worn_at_) out[i] = worn(out[i]);
    }
    return true;
  }

  bool erase(std::uint32_t page) override {
    if (!powered_ || page >= pages) return false;
    const std::size_t first = std::size_t{page} * page_bytes;
    const bool cut = cut_now();
    if (!cut || how_ != PowerCut::before) ++erases_[page];
    if (!cut || how_ == PowerCut::after) {
      erase_bytes(first, page_bytes);
      return !cut;
    }
    if (how_ == PowerCut::half) erase_bytes(first, page_bytes / 2);
    for (std::size_t i = first; i < first + page_bytes; ++i) {
      if (how_ == PowerCut::noise) bytes_[i] = random_byte();
      if (how_ == PowerCut::unstable) loose_[i] = 0xff;
      if (how_ == PowerCut::unreadable) unreadable_[i / word_bytes] = 1;
    }
    return false;
  }

  bool program(std::uint32_t offset, const void* word) override {
    if (!powered_ || offset % word_bytes != 0 || offset >= size) return false;
    const bool cut = cut_now();
    if (cut && how_ == PowerCut::before) return false;
    const auto* const wanted = static_cast<const unsigned char*>(word);
    ++words_;
    for (std::size_t i = 0; i < word_bytes; ++i) {
      const std::size_t at = offset + i;
      if (bytes_[at] != 0xff && loose_[at] == 0) programmed_twice_ = true;
      const auto cleared = static_cast<unsigned char>(bytes_[at] & ~wanted[i]);
      unsigned char mask = 0xff;
      if (cut && how_ == PowerCut::half) mask = i < word_bytes / 2 ? 0xff : 0;
      if (cut && how_ == PowerCut::noise) mask = random_byte();
      if (cut && how_ == PowerCut::unstable) loose_[at] = static_cast<unsigned char>(loose_[at] | cleared);
      if (!cut) loose_[at] = static_cast<unsigned char>(loose_[at] & wanted[i]);
      bytes_[at] = static_cast<unsigned char>(bytes_[at] & ~(cleared & mask));
    }
    if (cut && how_ == PowerCut::unreadable) unreadable_[offset / word_bytes] = 1;
    return !cut;
  }

  const char* name() const override { return "the simulated flash"; }

  void cut_power(long operation, PowerCut how, std::uint64_t seed = 0) {
    until_cut_ = operation;
    how_ = how;
    random_ = Random(seed);
  }
  void power_on() {
    powered_ = true;
    until_cut_ = -1;
  }
  bool powered() const { return powered_; }

  // Bits of one byte that are 0, or 1, whatever is done.
  void wear_out(std::uint32_t offset, unsigned char zeros, unsigned char ones) {
    sound_ = false;
    worn_at_ = offset;
    worn_zeros_ = zeros;
    worn_ones_ = ones;
  }

  unsigned char* bytes() { return bytes_; }
  std::uint32_t erases(int page) const { return erases_[page]; }
  std::uint32_t words_programmed() const { return words_; }
  // Whether a word was programmed again that held more than an interrupted attempt.
  bool programmed_twice() const { return programmed_twice_; }

 private:
  bool cut_now() {
    if (until_cut_ < 0 || until_cut_-- > 0) return false;
    powered_ = sound_ = false;
    return true;
  }
  void erase_bytes(std::size_t first, std::size_t count) {
    std::memset(bytes_ + first, 0xff, count);
    std::memset(loose_ + first, 0, count);
    std::memset(unreadable_ + first / word_bytes, 0, count / word_bytes);
  }
  unsigned char random_byte() const { return static_cast<unsigned char>(random_.bits(drawn_++)); }
  unsigned char wavering(std::uint32_t mood) const { return mood == 0 ? 0 : mood == 1 ? 0xff : random_byte(); }
  unsigned char worn(unsigned char byte) const {
    return static_cast<unsigned char>((byte & ~worn_zeros_) | worn_ones_);
  }

  Random random_{0};
  mutable std::uint32_t drawn_ = 0, reads_ = 0;
  std::uint32_t words_ = 0, erases_[pages] = {}, worn_at_ = 0xffffffff;
  unsigned char worn_zeros_ = 0, worn_ones_ = 0;
  long until_cut_ = -1;
  PowerCut how_ = PowerCut::before;
  bool powered_ = true, programmed_twice_ = false;
  bool sound_ = true;  // every bit reads as it was programmed
  unsigned char bytes_[size];
  unsigned char loose_[size] = {};  // unstable bits
  unsigned char unreadable_[size / word_bytes] = {};
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
