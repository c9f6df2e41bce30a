// What a fuzz target holds to be true whatever the bytes are.
#pragma once

#include <cstdlib>
#include <cstring>

#include <mica/status.hpp>

namespace fuzz {

inline void require(bool condition) {
  if (!condition) std::abort();
}

// A refusal says something, and is not cut off.
inline void require_sentence(const mica::Status& status) {
  const std::size_t length = std::strlen(status.message());
  require(status.ok() ? length == 0 : length > 20 && status.message()[length - 1] == '.');
}

}  // namespace fuzz
