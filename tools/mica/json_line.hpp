#pragma once

#include <cstdint>
#include <string>

namespace mica::command {

// JsonLine: one JSON object on one line (RFC 8259), its members in the order they are added.
class JsonLine {
 public:
  JsonLine& add(const char* name, const std::string& text);
  JsonLine& add(const char* name, const char* text) { return add(name, std::string(text)); }
  JsonLine& add(const char* name, std::uint64_t number);
  JsonLine& add(const char* name, int number) { return add_raw(name, std::to_string(number)); }
  // As many digits as bring the same float back; null where it is no number.
  JsonLine& add(const char* name, double number);
  // A value that is JSON already.
  JsonLine& add_raw(const char* name, const std::string& json);

  std::string text() const { return "{" + members_ + "}"; }
  void print() const;

 private:
  std::string members_;
};

std::string json_number(double number);

}  // namespace mica::command
