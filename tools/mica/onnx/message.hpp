// Helpers for reading one kind of message.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "protobuf_reader.hpp"

namespace mica::onnx {

// Calls take(reader) for every field; take returns false to stop, with the reader's failure or a failure of its own.
template <class Take>
bool for_each_field(Bytes message, std::string& failure, Take take) {
  ProtobufReader reader(message);
  while (reader.next()) {
    if (!take(reader)) break;
  }
  if (failure.empty()) failure = reader.failure();
  return failure.empty();
}

inline float float_of_bits(std::uint32_t bits) {
  float number;
  std::memcpy(&number, &bits, sizeof number);
  return number;
}

// The field under way as one value.
inline bool take_text(ProtobufReader& reader, std::string_view& text) {
  if (!reader.is(ProtobufReader::Wire::bytes)) return false;
  text = reader.bytes().text();
  return true;
}
inline bool take_integer(ProtobufReader& reader, std::int64_t& number) {
  if (!reader.is(ProtobufReader::Wire::varint)) return false;
  number = static_cast<std::int64_t>(reader.value());
  return true;
}
inline bool take_number(ProtobufReader& reader, std::uint64_t& number) {
  if (!reader.is(ProtobufReader::Wire::varint)) return false;
  number = reader.value();
  return true;
}

// Lists are written packed, as one field of bytes, or one by one. A list of what only small things are described with is
// no longer than this.
constexpr std::size_t longest_list = 1024;
bool take_integers(ProtobufReader& reader, std::vector<std::int64_t>& numbers, std::string& failure);
bool take_floats(ProtobufReader& reader, std::vector<float>& numbers, std::string& failure);

}  // namespace mica::onnx
