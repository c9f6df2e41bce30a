#include <mica/io/source_writer.hpp>

#include <cstring>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace io {

SourceWriter& SourceWriter::operator<<(const char* words) {
  while (*words != '\0') *this << *words++;
  return *this;
}

SourceWriter& SourceWriter::operator<<(int number) {
  Text<12> digits;
  digits << number;
  return *this << digits.c_str();
}

SourceWriter& SourceWriter::hexadecimal(std::uint64_t bits) {
  Text<16> digits;
  digits.hexadecimal(bits);
  return *this << digits.c_str();
}

SourceWriter& SourceWriter::literal(float number) {
  std::uint32_t bits;
  std::memcpy(&bits, &number, sizeof bits);
  if (bits >> 31 != 0) *this << '-';
  const int biased_exponent = static_cast<int>(bits >> 23 & 0xff);
  std::uint32_t fraction = bits & 0x7fffff;
  if (biased_exponent == 0 && fraction == 0) return *this << "0.0f";

  // 1.fraction times a power of two, or 0.fraction below the smallest normal number; 24 bits are six digits.
  *this << "0x" << (biased_exponent == 0 ? '0' : '1');
  if (fraction != 0) *this << '.';
  for (fraction <<= 1; fraction != 0; fraction = fraction << 4 & 0xffffff) {
    *this << "0123456789abcdef"[fraction >> 20];
  }
  return *this << 'p' << (biased_exponent == 0 ? -126 : biased_exponent - 127) << 'f';
}

bool SourceWriter::flush() {
  ok_ = ok_ && sink_.write(buffer_, used_);
  if (ok_) written_ += used_;
  used_ = 0;
  return ok_;
}

TypeWriter& TypeWriter::operator<<(char c) {
  const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  const bool digit = c >= '0' && c <= '9';
  if (letter || (digit && word_.size() > 0)) {
    word_ << c;
    return *this;
  }
  qualified_ = qualified_ || c == ':';
  end();
  qualified_ = c == ':';
  writer_ << c;
  return *this;
}

void TypeWriter::end() {
  if (word_.size() == 0) return;
  const bool keyword = std::strcmp(word_.c_str(), "true") == 0 || std::strcmp(word_.c_str(), "false") == 0;
  if (!qualified_ && !keyword) writer_ << "mica::";
  writer_ << word_.c_str();
  word_ = {};
}

}  // namespace io
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
