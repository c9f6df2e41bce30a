#include "json_line.hpp"

#include <cmath>
#include <cstdio>

#include "format.hpp"

namespace mica::command {
namespace {

std::string quoted(const std::string& text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      result += '\\';
      result += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      result += "\\u" + hexadecimal(static_cast<unsigned char>(c), 4);
    } else {
      result += c;
    }
  }
  return result + '"';
}

}  // namespace

JsonLine& JsonLine::add(const char* name, const std::string& text) { return add_raw(name, quoted(text)); }

JsonLine& JsonLine::add(const char* name, std::uint64_t number) { return add_raw(name, std::to_string(number)); }

JsonLine& JsonLine::add(const char* name, double number) { return add_raw(name, json_number(number)); }

JsonLine& JsonLine::add_raw(const char* name, const std::string& json) {
  if (!members_.empty()) members_ += ", ";
  members_ += quoted(name) + ": " + json;
  return *this;
}

void JsonLine::print() const { std::puts(text().c_str()); }

std::string json_number(double number) {
  if (!std::isfinite(number)) return "null";
  char text[32];
  std::snprintf(text, sizeof text, "%.9g", number);
  return text;
}

}  // namespace mica::command
