#include <cstring>

#include <mica/io/npz.hpp>

#include "../exchange/elements.hpp"
#include "npy_header.hpp"
#include "short_name.hpp"
#include "zip_layout.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace io {
namespace {

using exchange::ElementType;
using exchange::get_bytes;
using exchange::TensorInFile;

Status no_npz(const ByteSource& source, const char* what, const char* why) {
  Status::Message text;
  write_name(text, source.name()) << " is no archive of NumPy arrays that can be read: ";
  write_name(text, what) << ' ' << why << '.';
  return Status::error(text);
}

// Directory: where the archive's directory lies, and how many entries it has.
struct Directory {
  std::uint64_t begin, end;
  std::uint64_t entries;
};

Status find_directory(const ByteSource& source, Directory& directory) {
  const std::uint64_t size = source.size();
  unsigned char bytes[zip::end_bytes];
  for (std::uint64_t comment = 0; comment <= zip::longest_comment && zip::end_bytes + comment <= size; ++comment) {
    const std::uint64_t at = size - comment - zip::end_bytes;
    if (!source.read(at, bytes, sizeof bytes)) break;
    if (get_bytes(bytes, 4) != zip::end_signature || get_bytes(bytes + 20, 2) != comment) continue;
    directory = {get_bytes(bytes + 16, 4), at, get_bytes(bytes + 10, 2)};
    if (directory.begin == zip::too_large) return no_npz(source, "it", "is larger than 4 GB");
    if (directory.begin > at || get_bytes(bytes + 12, 4) != at - directory.begin)
      return no_npz(source, "its directory", "does not lie where the end says");
    return {};
  }
  return no_npz(source, "it", "has no end that belongs to an archive, or was cut short");
}

// Member: what the directory says of one.
struct Member {
  std::uint64_t flags, method, stored, size, name_length, extra_length, comment_length, place;
  std::uint32_t checksum;
  std::uint64_t extra;  // where its extra fields begin
};

// The tensor's name, without the ending of the member's; false if the member has another ending, and then whole.
bool read_name(const ByteSource& source, std::uint64_t at, std::uint64_t length, TensorInFile& tensor) {
  constexpr std::uint64_t ending = 4;
  char last[ending + 1] = {};
  const bool array = length > ending && source.read(at + length - ending, last, ending) && !std::strcmp(last, ".npy");
  const std::uint64_t kept = array ? length - ending : length;
  tensor.whole_name = kept <= exchange::FileName::longest;
  for (std::uint64_t i = 0; i < kept && i < exchange::FileName::longest; ++i) {
    char c = 0;
    if (!source.read(at + i, &c, 1) || c == '\0') tensor.whole_name = false;
    tensor.name << (c == '\0' ? '?' : c);
  }
  return array;
}

// Whether two places hold the same bytes.
bool same_bytes(const ByteSource& source, std::uint64_t one, std::uint64_t other, std::uint64_t count) {
  for (std::uint64_t i = 0; i < count; ++i) {
    char a = 0, b = 0;
    if (!source.read(one + i, &a, 1) || !source.read(other + i, &b, 1) || a != b) return false;
  }
  return true;
}

// Where a member's own bytes lie, read from the header in front of them; false if that contradicts the directory.
bool find_bytes(const ByteSource& source, const Member& member, std::uint64_t name_at, std::uint64_t directory,
                std::uint64_t& begin) {
  unsigned char bytes[zip::local_bytes];
  if (member.place > directory || directory - member.place < zip::local_bytes) return false;
  if (!source.read(member.place, bytes, sizeof bytes)) return false;
  if (get_bytes(bytes, 4) != zip::local_signature || get_bytes(bytes + 8, 2) != member.method) return false;
  begin = member.place + zip::local_bytes + get_bytes(bytes + 26, 2) + get_bytes(bytes + 28, 2);
  if (get_bytes(bytes + 26, 2) != member.name_length ||
      !same_bytes(source, member.place + zip::local_bytes, name_at, member.name_length)) {
    return false;
  }
  return begin <= directory && member.stored <= directory - begin;
}

// What a running mean rounds off, in Mica's extra field.
void offer_remainder(const ByteSource& source, const Member& member, const TensorInFile& mean,
                     exchange::TensorMatching& matching) {
  const std::uint64_t end = member.extra + member.extra_length;
  unsigned char bytes[8];
  for (std::uint64_t at = member.extra; end - at >= sizeof bytes && source.read(at, bytes, sizeof bytes);) {
    const std::uint64_t length = get_bytes(bytes + 2, 2);
    if (length > end - at - 4) return;
    if (get_bytes(bytes, 2) == zip::remainder_field && length % 4 == 0 && length > 4) {
      TensorInFile tensor;
      tensor.name << mean.name.c_str() << "_remainder";
      tensor.whole_name = mean.whole_name;
      tensor.type = ElementType::f32;
      tensor.type_name << "<f4";
      tensor.rank = 1;
      tensor.shape[0] = (length - 4) / 4;
      tensor.offset = tensor.summed = at + sizeof bytes;
      tensor.bytes = length - 4;
      tensor.checksum = static_cast<std::uint32_t>(get_bytes(bytes + 4, 4));
      return matching.offer(tensor);
    }
    at += 4 + length;
  }
}

Status offer_member(const ByteSource& source, const Member& member, std::uint64_t name_at, std::uint64_t directory,
                    exchange::TensorMatching& matching) {
  TensorInFile tensor;
  const bool array = read_name(source, name_at, member.name_length, tensor);
  const char* const name = tensor.name.c_str();
  if (member.stored == zip::too_large || member.size == zip::too_large) return no_npz(source, name, "is over 4 GB");
  std::uint64_t begin = 0;
  if (!find_bytes(source, member, name_at, directory, begin))
    return no_npz(source, name, "does not lie where the directory says");
  if (!array) {
    tensor.type_name << "no array";
    matching.offer(tensor);
    return {};
  }
  if (member.flags & 1) return no_npz(source, name, "is encrypted");
  if (member.method != 0)
    return no_npz(source, name, "is compressed; save it with numpy.savez in place of numpy.savez_compressed");
  if (member.stored != member.size) return no_npz(source, name, "has two sizes");
  const char* const wrong = read_npy_header(source, begin, begin + member.size, tensor);
  if (wrong != nullptr) return no_npz(source, name, wrong);
  tensor.summed = begin;
  tensor.checksum = member.checksum;
  matching.offer(tensor);
  offer_remainder(source, member, tensor, matching);
  return {};
}

}  // namespace

Status list_npz(const ByteSource& source, exchange::TensorMatching& matching) {
  Directory directory{};
  if (Status status = find_directory(source, directory); !status.ok()) return status;
  std::uint64_t at = directory.begin;
  for (std::uint64_t i = 0; i < directory.entries; ++i) {
    unsigned char bytes[zip::entry_bytes];
    const bool there = directory.end - at >= zip::entry_bytes && source.read(at, bytes, sizeof bytes);
    if (!there || get_bytes(bytes, 4) != zip::entry_signature)
      return no_npz(source, "its directory", "ends before its last entry, or is damaged");
    Member member{get_bytes(bytes + 8, 2),
                  get_bytes(bytes + 10, 2),
                  get_bytes(bytes + 20, 4),
                  get_bytes(bytes + 24, 4),
                  get_bytes(bytes + 28, 2),
                  get_bytes(bytes + 30, 2),
                  get_bytes(bytes + 32, 2),
                  get_bytes(bytes + 42, 4),
                  static_cast<std::uint32_t>(get_bytes(bytes + 16, 4)),
                  0};
    const std::uint64_t name_at = at + zip::entry_bytes;
    const std::uint64_t length = member.name_length + member.extra_length + member.comment_length;
    if (length > directory.end - name_at) return no_npz(source, "its directory", "has an entry that reaches beyond it");
    member.extra = name_at + member.name_length;
    if (Status status = offer_member(source, member, name_at, directory.begin, matching); !status.ok()) return status;
    at = name_at + length;
  }
  return at == directory.end ? Status() : no_npz(source, "its directory", "goes on behind its last entry");
}

}  // namespace io
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
