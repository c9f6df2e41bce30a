#pragma once

#include <string>
#include <type_traits>
#include <vector>

namespace mica::labs {

enum class Language { english, vietnamese };

// Text: a sentence in both languages of the labs. {} stands for a number to be filled in.
struct Text {
  std::string english, vietnamese;

  const std::string& in(Language language) const { return language == Language::english ? english : vietnamese; }
};

// "0.0123", "4.5e-9": so many significant digits, without trailing zeros.
std::string number(double value, int digits = 3);

// Puts the numbers, in order, in the places of {} in both languages.
Text filled(Text text, const std::vector<std::string>& values);

inline std::string to_word(const std::string& word) { return word; }
inline std::string to_word(const char* word) { return word; }
template <class Number, class = std::enable_if_t<std::is_arithmetic_v<Number>>>
std::string to_word(Number value) {
  if constexpr (std::is_integral_v<Number>) {
    return std::to_string(value);
  } else {
    return number(static_cast<double>(value));
  }
}

}  // namespace mica::labs
