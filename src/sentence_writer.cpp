#include <mica/diagnostics/sentence_writer.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

SentenceWriter& SentenceWriter::operator<<(int number) {
  char digits[12];
  int count = 0;
  auto rest = static_cast<unsigned>(number);
  if (number < 0) {
    *this << '-';
    rest = 0u - rest;
  }
  do {
    digits[count++] = static_cast<char>('0' + rest % 10);
    rest /= 10;
  } while (rest > 0);
  while (count > 0) *this << digits[--count];
  return *this;
}

SentenceWriter& SentenceWriter::operator<<(float number) {
  if (number != number) return *this << "NaN";
  if (number < 0) {
    *this << '-';
    number = -number;
  }
  if (number > 3.40282347e38f) return *this << "infinity";
  if (number == 0) return *this << '0';
  // number = digits / 10 * 10^exponent, 10 <= digits <= 99.
  int exponent = 0;
  for (; number >= 10; number /= 10) ++exponent;
  for (; number < 1; number *= 10) --exponent;
  int digits = (static_cast<int>(number * 20) + 1) / 2;
  if (digits > 99) {
    digits = 10;
    ++exponent;
  }
  const auto digit = [&](int d) { *this << static_cast<char>('0' + d); };
  if (exponent >= 1 && exponent <= 4) {
    digit(digits / 10);
    digit(digits % 10);
    for (int i = 1; i < exponent; ++i) *this << '0';
  } else if (exponent < 0 && exponent >= -3) {
    *this << "0.";
    for (int i = -1; i > exponent; --i) *this << '0';
    digit(digits / 10);
    if (digits % 10 != 0) digit(digits % 10);
  } else {
    digit(digits / 10);
    if (digits % 10 != 0) {
      *this << '.';
      digit(digits % 10);
    }
    if (exponent != 0) *this << 'e' << exponent;
  }
  return *this;
}

void SentenceWriter::end_line() {
  *this << '\n';
  if (length_ < capacity_) {
    line_ = length_;
    ++lines_;
  } else {
    length_ = line_;
    ++left_out_;
  }
  if (capacity_ > 0) text_[line_] = '\0';
}

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
