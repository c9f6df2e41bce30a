#pragma once

#include <string>

#include <mica/status.hpp>

namespace mica::models {

// Refusal: thrown where the user asked for something that cannot be done. The sentence says what was found, what was
// expected and where; it is the only thing the command then prints.
struct Refusal {
  std::string sentence;
};

[[noreturn]] inline void refuse(std::string sentence) { throw Refusal{std::move(sentence)}; }

inline void check(const Status& status) {
  if (!status.ok()) refuse(status.message());
}

}  // namespace mica::models
