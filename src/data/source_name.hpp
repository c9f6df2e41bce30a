// Writes the name of a source into a message.
#pragma once

#include "../io/short_name.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

inline Status::Message& operator<<(Status::Message& text, const io::ByteSource& source) {
  return io::write_name(text, source.name());
}

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
