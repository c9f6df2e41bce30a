#include "protobuf_reader.hpp"

namespace mica::onnx {
namespace {

const char* name_of(ProtobufReader::Wire wire) {
  switch (wire) {
    case ProtobufReader::Wire::varint:
      return "a varint";
    case ProtobufReader::Wire::fixed64:
      return "8 bytes";
    case ProtobufReader::Wire::bytes:
      return "a length and bytes";
    case ProtobufReader::Wire::fixed32:
      return "4 bytes";
  }
  return "nothing known";
}

}  // namespace

bool ProtobufReader::read_varint(Bytes bytes, std::size_t& position, std::uint64_t& value) {
  value = 0;
  for (unsigned shift = 0; shift < 64 && position < bytes.size; shift += 7) {
    const std::uint8_t byte = bytes.data[position++];
    // The tenth byte has room for one bit.
    if (shift == 63 && byte > 1) return false;
    value |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
    if (byte < 0x80) return true;
  }
  return false;
}

bool ProtobufReader::next() {
  if (!failure_.empty() || position_ == message_.size) return false;
  const std::size_t first = position_;
  offset_ = message_.offset + first;
  std::uint64_t tag = 0;
  if (!read_varint(message_, position_, tag)) return fail(first, "the number of a field does not end");
  if (tag >> 3 == 0 || tag >> 3 > 0x1fffffff) {
    return fail(first, "a field has the number " + std::to_string(tag >> 3) + ", which no field has");
  }
  number_ = static_cast<std::uint32_t>(tag >> 3);
  wire_ = static_cast<Wire>(tag & 7);
  switch (wire_) {
    case Wire::varint:
      if (!read_varint(message_, position_, value_)) return fail(first, "a whole number does not end");
      return true;
    case Wire::fixed64:
      return take_fixed(8);
    case Wire::bytes:
      return take_bytes();
    case Wire::fixed32:
      return take_fixed(4);
  }
  return fail(first, "field " + std::to_string(number_) + " is written in way " + std::to_string(tag & 7) +
                         ", and ONNX uses the ways 0, 1, 2 and 5");
}

bool ProtobufReader::is(Wire expected) {
  if (wire_ == expected) return true;
  return fail(offset_ - message_.offset, "field " + std::to_string(number_) + " is written as " + name_of(wire_) +
                                             ", but is " + name_of(expected) + " in ONNX");
}

bool ProtobufReader::fail(std::size_t position, const std::string& what) {
  failure_ = "At byte " + std::to_string(message_.offset + position) + " " + what + ".";
  return false;
}

bool ProtobufReader::take_fixed(std::size_t size) {
  if (message_.size - position_ < size) {
    return fail(position_, "a number of " + std::to_string(size) + " bytes begins, but only " +
                               std::to_string(message_.size - position_) + " are left of its message");
  }
  const std::uint8_t* const at = message_.data + position_;
  value_ = size == 8 ? little_endian_64(at) : little_endian_32(at);
  position_ += size;
  return true;
}

bool ProtobufReader::take_bytes() {
  const std::size_t first = position_;
  std::uint64_t length = 0;
  if (!read_varint(message_, position_, length)) return fail(first, "the length of a field does not end");
  if (length > message_.size - position_) {
    return fail(first, "field " + std::to_string(number_) + " claims " + std::to_string(length) + " bytes, but only " +
                           std::to_string(message_.size - position_) + " are left of its message");
  }
  bytes_ = message_.part(position_, static_cast<std::size_t>(length));
  position_ += static_cast<std::size_t>(length);
  return true;
}

}  // namespace mica::onnx
