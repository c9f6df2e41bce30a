// The wire form of protocol buffers: fields of numbers, of bytes, and of messages, whose length stands in front of them.
#pragma once

#include <cstdint>
#include <cstring>

#include <mica/io/bytes.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace exchange {

// ProtobufWriter: writes fields to a sink, or, without one, only counts their bytes. Memory: three words.
class ProtobufWriter {
 public:
  explicit ProtobufWriter(io::ByteSink* sink) : sink_(sink) {}

  void number(int field, std::int64_t value) {
    varint(static_cast<std::uint64_t>(field) << 3);
    varint(static_cast<std::uint64_t>(value));
  }
  void real(int field, float value) {
    std::uint32_t bits;
    std::memcpy(&bits, &value, sizeof bits);
    varint(static_cast<std::uint64_t>(field) << 3 | 5);
    for (int shift = 0; shift < 32; shift += 8) byte(static_cast<unsigned char>(bits >> shift));
  }
  void text(int field, const char* words) {
    begin(field, std::strlen(words));
    bytes(words, std::strlen(words));
  }
  // What follows are `length` bytes of this field.
  void begin(int field, std::uint64_t length) {
    varint(static_cast<std::uint64_t>(field) << 3 | 2);
    varint(length);
  }
  // A message of the fields that body(writer) writes; it is called twice.
  template <class Body>
  void message(int field, Body body) {
    ProtobufWriter count(nullptr);
    body(count);
    begin(field, count.written_);
    body(*this);
  }
  void bytes(const void* what, std::size_t count) {
    written_ += count;
    if (sink_ != nullptr) ok_ = ok_ && sink_->write(what, count);
  }
  bool counts() const { return sink_ == nullptr; }
  // Bytes that need not be made, because they are only counted.
  void count_bytes(std::uint64_t count) { written_ += count; }
  io::ByteSink& sink() { return *sink_; }
  void note(bool written) { ok_ = ok_ && written; }
  bool ok() const { return ok_; }

 private:
  void byte(unsigned char value) { bytes(&value, 1); }
  void varint(std::uint64_t value) {
    for (; value >= 0x80; value >>= 7) byte(static_cast<unsigned char>(value | 0x80));
    byte(static_cast<unsigned char>(value));
  }

  io::ByteSink* sink_;
  std::uint64_t written_ = 0;
  bool ok_ = true;
};

}  // namespace exchange
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
