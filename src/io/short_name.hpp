// Names and numbers as messages show them. Of a name its end, because a long path would leave no room for the sentence.
#pragma once

#include <cstdint>
#include <cstring>

#include <mica/io/bytes.hpp>
#include <mica/status.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace io {

inline Status::Message& write_name(Status::Message& text, const char* name) {
  constexpr std::size_t longest = 72;
  const std::size_t length = std::strlen(name);
  if (length <= longest) return text << name;
  return text << "..." << name + (length - longest);
}

// Messages take long long, which is not std::uint64_t everywhere.
inline unsigned long long number(std::uint64_t n) { return n; }

}  // namespace io
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
