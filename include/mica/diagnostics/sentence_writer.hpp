#pragma once

#include <mica/namespace.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// SentenceWriter: writes lines into the caller's characters, ended by 0. A line that does not fit is left out whole, and
// counted. Memory: 32 bytes; the characters are the caller's.
class SentenceWriter {
 public:
  SentenceWriter(char* text, int capacity) : text_(text), capacity_(capacity) {
    if (capacity_ > 0) text_[0] = '\0';
  }

  SentenceWriter& operator<<(char c) {
    if (length_ + 1 < capacity_) {
      text_[length_] = c;
      text_[length_ + 1] = '\0';
    }
    ++length_;
    return *this;
  }
  SentenceWriter& operator<<(const char* words) {
    while (*words != '\0') *this << *words++;
    return *this;
  }
  SentenceWriter& operator<<(int number);
  // Two significant digits: "0.31", "3.1e-9".
  SentenceWriter& operator<<(float number);

  void end_line();
  int lines() const { return lines_; }
  int left_out() const { return left_out_; }

 private:
  char* text_;
  int capacity_;
  int length_ = 0, line_ = 0;  // where the line begins
  int lines_ = 0, left_out_ = 0;
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
