#include "text.hpp"

#include <cmath>
#include <cstdio>

namespace mica::labs {
namespace {

void fill(std::string& text, const std::vector<std::string>& values) {
  std::size_t at = 0;
  for (const std::string& value : values) {
    at = text.find("{}", at);
    if (at == std::string::npos) return;
    text.replace(at, 2, value);
    at += value.size();
  }
}

}  // namespace

std::string number(double value, int digits) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value < 0 ? "-∞" : "∞";
  char text[40];
  // Whole thousands are read more easily without an exponent.
  const bool thousands = std::abs(value) >= 1000 && std::abs(value) < 1e5;
  if (thousands && digits < 6) {
    std::snprintf(text, sizeof text, "%.0f", value);
  } else {
    std::snprintf(text, sizeof text, "%.*g", digits, value);
  }
  // 1e+05 is written 1e5, 1e-07 is written 1e-7.
  std::string word = text;
  const std::size_t e = word.find('e');
  if (e == std::string::npos) return word;
  std::size_t first = e + 1;
  if (word[first] == '+') word.erase(first, 1);
  if (word[first] == '-') ++first;
  while (word.size() > first + 1 && word[first] == '0') word.erase(first, 1);
  return word;
}

Text filled(Text text, const std::vector<std::string>& values) {
  fill(text.english, values);
  fill(text.vietnamese, values);
  return text;
}

}  // namespace mica::labs
