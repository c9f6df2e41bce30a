#pragma once

#include <cstddef>
#include <cstdint>

#include <mica/namespace.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// Text: a sentence of at most `capacity` characters, built without heap or stdio; what does not fit is cut off.
// Memory: capacity + 1 bytes and a length. Usable in constant expressions.
template <std::size_t capacity>
class Text {
 public:
  static constexpr std::size_t longest = capacity;
  constexpr Text() = default;

  constexpr Text& operator<<(char c) {
    if (length_ < capacity) characters_[length_++] = c;
    return *this;
  }
  // Never inlined: messages are many and seldom.
  [[gnu::noinline]] constexpr Text& operator<<(const char* words) {
    while (*words != '\0') *this << *words++;
    return *this;
  }
  [[gnu::noinline]] constexpr Text& operator<<(unsigned long long number) {
    if (number >= 10) *this << number / 10;
    return *this << static_cast<char>('0' + number % 10);
  }
  constexpr Text& operator<<(long long number) {
    if (number >= 0) return *this << static_cast<unsigned long long>(number);
    return *this << '-' << (0ull - static_cast<unsigned long long>(number));
  }
  constexpr Text& operator<<(int number) { return *this << static_cast<long long>(number); }
  constexpr Text& operator<<(long number) { return *this << static_cast<long long>(number); }
  constexpr Text& operator<<(unsigned number) { return *this << static_cast<unsigned long long>(number); }
  constexpr Text& operator<<(unsigned long number) { return *this << static_cast<unsigned long long>(number); }

  // Sixteen hexadecimal digits.
  constexpr Text& hexadecimal(std::uint64_t bits) {
    for (int shift = 60; shift >= 0; shift -= 4) *this << "0123456789abcdef"[(bits >> shift) & 15];
    return *this;
  }

  constexpr const char* c_str() const { return characters_; }
  constexpr std::size_t size() const { return length_; }

 private:
  char characters_[capacity + 1] = {};
  std::size_t length_ = 0;
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
