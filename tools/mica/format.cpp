#include "format.hpp"

#include <cstdarg>
#include <cstdio>

namespace mica::command {
namespace {

std::string formatted(const char* form, ...) {
  char text[64];
  va_list arguments;
  va_start(arguments, form);
  std::vsnprintf(text, sizeof text, form, arguments);
  va_end(arguments);
  return text;
}

}  // namespace

std::string grouped(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t place = digits.size(); place > 3;) digits.insert(place -= 3, ",");
  return digits;
}

std::string short_number(double number) { return formatted("%.6g", number); }

std::string fixed(double number, int decimals) { return formatted("%.*f", decimals, number); }

std::string percent(double share, int decimals) { return fixed(100 * share, decimals) + " %"; }

std::string duration(double seconds) {
  const auto whole = static_cast<unsigned long long>(seconds < 0 || seconds > 1e9 ? 0 : seconds + 0.5);
  if (whole < 3600) return formatted("%llu:%02llu", whole / 60, whole % 60);
  return formatted("%llu:%02llu:%02llu", whole / 3600, whole / 60 % 60, whole % 60);
}

std::string hexadecimal(std::uint64_t bits, int digits) {
  return formatted("%0*llx", digits, static_cast<unsigned long long>(bits));
}

}  // namespace mica::command
