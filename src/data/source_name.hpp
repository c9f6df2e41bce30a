// The name of a source as messages show it: the end of it, because a long path would leave no room for the sentence.
#pragma once

#include <cstring>

#include <mica/io/bytes.hpp>
#include <mica/status.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

inline Status::Message& operator<<(Status::Message& text, const io::ByteSource& source) {
  constexpr std::size_t longest = 72;
  const char* name = source.name();
  const std::size_t length = std::strlen(name);
  if (length <= longest) return text << name;
  return text << "..." << name + (length - longest);
}

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
