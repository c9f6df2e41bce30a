// Text inside a source, read character by character.
#pragma once

#include <cstddef>
#include <cstdint>

#include <mica/io/bytes.hpp>
#include <mica/text.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace io {

// SourceText: bytes `at` to `end` of a source through a small buffer; behind the end, and where the source fails, comes
// `nothing`. Memory: 160 bytes.
class SourceText {
 public:
  static constexpr int nothing = -1;

  SourceText(const ByteSource& source, std::uint64_t at, std::uint64_t end) : source_(source), at_(at), end_(end) {}

  int peek() {
    if (at_ >= end_) return nothing;
    if (at_ < first_ || at_ >= first_ + held_) {
      const std::uint64_t left = end_ - at_;
      held_ = left < sizeof buffer_ ? static_cast<std::size_t>(left) : sizeof buffer_;
      first_ = at_;
      if (!source_.read(at_, buffer_, held_)) {
        held_ = 0;
        end_ = at_;
        return nothing;
      }
    }
    return buffer_[at_ - first_];
  }
  int take() {
    const int c = peek();
    if (c != nothing) ++at_;
    return c;
  }
  void skip_spaces() {
    for (int c = peek(); c == ' ' || c == '\t' || c == '\r' || c == '\n'; c = peek()) ++at_;
  }
  // The next character that is no space, if it is this one.
  bool takes(char wanted) {
    skip_spaces();
    if (peek() != wanted) return false;
    ++at_;
    return true;
  }
  // A whole number; false if there is none or it does not fit into 64 bits.
  bool number(std::uint64_t& value) {
    skip_spaces();
    if (peek() < '0' || peek() > '9') return false;
    value = 0;
    while (peek() >= '0' && peek() <= '9') {
      const auto digit = static_cast<std::uint64_t>(take() - '0');
      if (value > (UINT64_MAX - digit) / 10) return false;
      value = 10 * value + digit;
    }
    return true;
  }
  // These letters, one after the other.
  bool word(const char* letters) {
    for (; *letters != '\0'; ++letters) {
      if (take() != *letters) return false;
    }
    return true;
  }
  std::uint64_t at() const { return at_; }

 private:
  const ByteSource& source_;
  std::uint64_t at_, end_;
  std::uint64_t first_ = 0;
  std::size_t held_ = 0;
  unsigned char buffer_[112];
};

// The product of a tensor's extents and the bytes of an element, or the largest number if that does not fit.
inline std::uint64_t tensor_bytes(const std::uint64_t* shape, int rank, std::uint64_t element) {
  std::uint64_t product = element;
  for (int i = 0; i < rank; ++i) {
    if (shape[i] == 0) return 0;
  }
  for (int i = 0; i < rank; ++i) {
    if (product > UINT64_MAX / shape[i]) return UINT64_MAX;
    product *= shape[i];
  }
  return product;
}

}  // namespace io
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
