#pragma once

#include <cstddef>
#include <cstdint>

#include <mica/io/bytes.hpp>
#include <mica/namespace.hpp>
#include <mica/text.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace io {

// SourceWriter: C++ source text into a sink through a small buffer. Memory: 280 bytes.
class SourceWriter {
 public:
  explicit SourceWriter(ByteSink& sink) : sink_(sink) {}

  SourceWriter& operator<<(char c) {
    if (used_ == sizeof buffer_) flush();
    buffer_[used_++] = c;
    return *this;
  }
  SourceWriter& operator<<(const char* words);
  SourceWriter& operator<<(int number);
  SourceWriter& hexadecimal(std::uint64_t bits);
  // A finite number as a literal with its exact bits: [-]0x1.fffffep-3f, without trailing zeros.
  SourceWriter& literal(float number);

  // Writes what is left; false if the sink has failed.
  bool flush();
  std::uint64_t written() const { return written_; }
  const ByteSink& sink() const { return sink_; }

 private:
  ByteSink& sink_;
  std::uint64_t written_ = 0;
  std::size_t used_ = 0;
  bool ok_ = true;
  char buffer_[240];
};

// TypeWriter: writes a network's description as C++, with mica:: before each name that has no namespace of its own.
// Memory: 80 bytes.
class TypeWriter {
 public:
  explicit TypeWriter(SourceWriter& writer) : writer_(writer) {}
  TypeWriter& operator<<(char c);
  TypeWriter& operator<<(const char* words) {
    while (*words != '\0') *this << *words++;
    return *this;
  }
  TypeWriter& operator<<(int number) {
    Text<12> digits;
    digits << number;
    return *this << digits.c_str();
  }
  // The name under way ends here.
  void end();

 private:
  SourceWriter& writer_;
  Text<63> word_;
  bool qualified_ = false;  // behind a "::"
};

}  // namespace io
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
