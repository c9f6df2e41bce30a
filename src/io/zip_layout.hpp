// Where what lies in an archive of zip's, as far as NumPy's use of it goes. Every number is little-endian.
#pragma once

#include <cstddef>
#include <cstdint>

#include <mica/namespace.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace io {
namespace zip {

// In front of each member: signature, versions, method at 8, checksum at 14, sizes at 18 and 22, lengths of the name and
// of the extra fields at 26 and 28; then these two, then the bytes.
constexpr std::uint32_t local_signature = 0x04034b50;
constexpr std::size_t local_bytes = 30;

// In the directory for each member: flags at 8, method at 10, checksum at 16, sizes at 20 and 24, lengths of name, extra
// fields and comment at 28, 30 and 32, place of the member at 42.
constexpr std::uint32_t entry_signature = 0x02014b50;
constexpr std::size_t entry_bytes = 46;

// At the end: entries at 8 and 10, the directory's size at 12 and place at 16, length of a comment at 20.
constexpr std::uint32_t end_signature = 0x06054b50;
constexpr std::size_t end_bytes = 22;
constexpr std::size_t longest_comment = 0xffff;

constexpr std::uint64_t too_large = 0xffffffff;  // for fields of 32 bits: the archive would need the form for 64

// Mica's extra field in the directory: its number, then the bytes behind; a checksum and the floats that running_mean
// rounds off.
constexpr std::uint32_t remainder_field = 0x694d;
constexpr int most_in_remainder_field = (0xffff - 8) / 4;

}  // namespace zip
}  // namespace io
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
