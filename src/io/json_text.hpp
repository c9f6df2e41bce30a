// Strings of JSON, which is read where it lies.
#pragma once

#include "source_text.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace io {

inline bool take_hexadecimal(SourceText& text, std::uint32_t& code) {
  code = 0;
  for (int i = 0; i < 4; ++i) {
    const int c = text.take();
    const int digit = c >= '0' && c <= '9'   ? c - '0'
                      : c >= 'a' && c <= 'f' ? c - 'a' + 10
                      : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                             : -1;
    if (digit < 0) return false;
    code = code << 4 | static_cast<std::uint32_t>(digit);
  }
  return true;
}

// A character of JSON's escapes as UTF-8; halves of pairs come out one by one.
template <class Put>
void put_utf8(std::uint32_t code, Put put) {
  const auto byte = [](std::uint32_t bits) { return static_cast<char>(static_cast<unsigned char>(bits)); };
  if (code < 0x80) return put(byte(code));
  if (code < 0x800) {
    put(byte(0xc0 | code >> 6));
  } else {
    put(byte(0xe0 | code >> 12));
    put(byte(0x80 | (code >> 6 & 0x3f)));
  }
  put(byte(0x80 | (code & 0x3f)));
}

// A string: calls put(character) for each; false if it is none or does not end.
template <class Put>
bool take_string(SourceText& text, Put put) {
  if (!text.takes('"')) return false;
  for (int c = text.take(); c != '"'; c = text.take()) {
    if (c < 0x20) return false;  // the end, or a control character
    if (c != '\\') {
      put(static_cast<char>(c));
      continue;
    }
    std::uint32_t code = 0;
    switch (c = text.take()) {
      case '"':
      case '\\':
      case '/':
        put(static_cast<char>(c));
        break;
      case 'b':
        put('\b');
        break;
      case 'f':
        put('\f');
        break;
      case 'n':
        put('\n');
        break;
      case 'r':
        put('\r');
        break;
      case 't':
        put('\t');
        break;
      case 'u':
        if (!take_hexadecimal(text, code)) return false;
        put_utf8(code, put);
        break;
      default:
        return false;
    }
  }
  return true;
}

// A string as a Text; `whole` is false if it is longer than the Text or holds a zero.
template <std::size_t capacity>
bool take_string(SourceText& text, Text<capacity>& into, bool& whole) {
  into = {};
  whole = true;
  return take_string(text, [&](char c) {
    whole = whole && c != '\0' && into.size() < capacity;
    if (whole) into << c;
  });
}

}  // namespace io
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
