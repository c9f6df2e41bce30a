#include <mica/io/crc32.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace io {
namespace {

// What four bits add to the register: sixteen entries instead of 256, because flash counts more than time here.
struct Table {
  std::uint32_t entries[16];
  constexpr Table() : entries{} {
    for (std::uint32_t i = 0; i < 16; ++i) {
      std::uint32_t remainder = i;
      for (int bit = 0; bit < 4; ++bit) remainder = remainder >> 1 ^ (remainder % 2 != 0 ? 0xedb88320 : 0);
      entries[i] = remainder;
    }
  }
};
constexpr Table table;

}  // namespace

void Crc32::add(const void* bytes, std::size_t count) {
  const auto* const first = static_cast<const unsigned char*>(bytes);
  std::uint32_t remainder = register_;
  for (std::size_t i = 0; i < count; ++i) {
    remainder ^= first[i];
    remainder = remainder >> 4 ^ table.entries[remainder % 16];
    remainder = remainder >> 4 ^ table.entries[remainder % 16];
  }
  register_ = remainder;
}

}  // namespace io
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
