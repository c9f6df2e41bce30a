// Bytes: a part of a file that lies in memory, not owned, that knows where in the file it begins.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace mica::onnx {

struct Bytes {
  const std::uint8_t* data = nullptr;
  std::size_t size = 0;
  std::size_t offset = 0;  // of the first byte in the file

  Bytes part(std::size_t first, std::size_t count) const { return {data + first, count, offset + first}; }
  std::string_view text() const { return {reinterpret_cast<const char*>(data), size}; }
};

// Little-endian numbers, whatever the machine is.
inline std::uint32_t little_endian_32(const std::uint8_t* bytes) {
  std::uint32_t number = 0;
  for (int i = 3; i >= 0; --i) number = number << 8 | bytes[i];
  return number;
}
inline std::uint64_t little_endian_64(const std::uint8_t* bytes) {
  return static_cast<std::uint64_t>(little_endian_32(bytes + 4)) << 32 | little_endian_32(bytes);
}

// A name out of a file for a message: at most 60 characters, none that a terminal obeys.
inline std::string quoted(std::string_view name) {
  constexpr std::size_t longest = 60;
  std::string text = "\"";
  for (const char c : name.substr(0, longest)) text += c >= ' ' && c != '"' && c < 127 ? c : '?';
  return text + (name.size() > longest ? "...\"" : "\"");
}

}  // namespace mica::onnx
