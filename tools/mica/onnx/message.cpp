#include "message.hpp"

namespace mica::onnx {
namespace {

template <class Number>
bool has_room(const ProtobufReader& reader, const std::vector<Number>& numbers, std::string& failure) {
  if (numbers.size() < longest_list) return true;
  failure = "The list in field " + std::to_string(reader.number()) + " at byte " + std::to_string(reader.offset()) +
            " has more than " + std::to_string(longest_list) + " numbers.";
  return false;
}

}  // namespace

bool take_integers(ProtobufReader& reader, std::vector<std::int64_t>& numbers, std::string& failure) {
  if (reader.wire() != ProtobufReader::Wire::bytes) {
    if (!has_room(reader, numbers, failure)) return false;
    std::int64_t number = 0;
    if (!take_integer(reader, number)) return false;
    numbers.push_back(number);
    return true;
  }
  const Bytes packed = reader.bytes();
  for (std::size_t position = 0; position < packed.size;) {
    if (!has_room(reader, numbers, failure)) return false;
    std::uint64_t number = 0;
    if (!ProtobufReader::read_varint(packed, position, number)) {
      failure = "At byte " + std::to_string(packed.offset) + " a list of whole numbers ends within a number.";
      return false;
    }
    numbers.push_back(static_cast<std::int64_t>(number));
  }
  return true;
}

bool take_floats(ProtobufReader& reader, std::vector<float>& numbers, std::string& failure) {
  if (reader.wire() != ProtobufReader::Wire::bytes) {
    if (!has_room(reader, numbers, failure) || !reader.is(ProtobufReader::Wire::fixed32)) return false;
    numbers.push_back(float_of_bits(static_cast<std::uint32_t>(reader.value())));
    return true;
  }
  const Bytes packed = reader.bytes();
  if (packed.size % 4 != 0) {
    failure = "At byte " + std::to_string(packed.offset) + " a list of numbers ends within a number.";
    return false;
  }
  for (std::size_t position = 0; position < packed.size; position += 4) {
    if (!has_room(reader, numbers, failure)) return false;
    numbers.push_back(float_of_bits(little_endian_32(packed.data + position)));
  }
  return true;
}

}  // namespace mica::onnx
