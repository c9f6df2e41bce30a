#pragma once

#include <cstddef>
#include <cstdint>

#include <mica/namespace.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace io {

// Crc32: the cyclic redundancy check of Ethernet, zip and PNG: polynomial 0x04c11db7, bits reflected, begun with and
// inverted by 0xffffffff. Finds every error of up to 32 bits in a row; bytes may be added in pieces.
// Memory: 4 bytes, and 64 bytes of flash for a table. Standard: IEEE 802.3.
class Crc32 {
 public:
  void add(const void* bytes, std::size_t count);
  std::uint32_t value() const { return ~register_; }

 private:
  std::uint32_t register_ = 0xffffffff;
};

}  // namespace io
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
