#pragma once

#include <string>

namespace mica::models {

// TextWriter: what describe() writes, as a string.
struct TextWriter {
  std::string text;
  TextWriter& operator<<(const char* words) {
    text += words;
    return *this;
  }
  TextWriter& operator<<(char c) {
    text += c;
    return *this;
  }
  TextWriter& operator<<(int number) {
    text += std::to_string(number);
    return *this;
  }
};

template <class T>
std::string described() {
  TextWriter writer;
  T::describe(writer);
  return writer.text;
}

}  // namespace mica::models
