// ProtobufReader: the fields of one message in protobuf's wire format, one after the other. It allocates nothing but the
// sentence that says what is wrong, and never goes into messages inside of messages: whoever knows that a field is one
// makes another reader of its bytes.
#pragma once

#include <cstdint>
#include <string>

#include "bytes.hpp"

namespace mica::onnx {

class ProtobufReader {
 public:
  enum class Wire { varint = 0, fixed64 = 1, bytes = 2, fixed32 = 5 };

  explicit ProtobufReader(Bytes message) : message_(message) {}

  // Goes to the next field; false behind the last one, or where the bytes are no field: then failure() is not empty.
  bool next();
  const std::string& failure() const { return failure_; }

  // The field under way: its number in the message's definition, how it is written, and what it holds.
  std::uint32_t number() const { return number_; }
  Wire wire() const { return wire_; }
  std::uint64_t value() const { return value_; }  // of a varint or a fixed number
  Bytes bytes() const { return bytes_; }          // of a field of bytes
  std::size_t offset() const { return offset_; }  // of the field in the file

  // Whether the field is written as `expected`; if not, that is the failure.
  bool is(Wire expected);

  // A varint at `position` of `bytes`; false if it does not end there or has more than 64 bits.
  static bool read_varint(Bytes bytes, std::size_t& position, std::uint64_t& value);

 private:
  bool fail(std::size_t position, const std::string& what);
  bool take_fixed(std::size_t size);
  bool take_bytes();

  Bytes message_;
  std::size_t position_ = 0;
  std::size_t offset_ = 0;
  std::uint32_t number_ = 0;
  Wire wire_ = Wire::varint;
  std::uint64_t value_ = 0;
  Bytes bytes_;
  std::string failure_;
};

}  // namespace mica::onnx
