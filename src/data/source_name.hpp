// A source in messages.
#pragma once

#include "../io/short_name.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

inline Status::Message& operator<<(Status::Message& text, const io::ByteSource& source) {
  return io::write_name(text, source.name());
}

inline Status unreadable(const io::ByteSource& source, std::uint64_t offset) {
  Status::Message text;
  return Status::error(text << source << " could not be read at byte " << static_cast<unsigned long long>(offset)
                            << '.');
}

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
