#include <mica/io/crc32.hpp>
#include <mica/io/npz.hpp>

#include "../exchange/elements.hpp"
#include "could_not_write.hpp"
#include "zip_layout.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace io {
namespace {

using exchange::NamedTensor;
using exchange::put_bytes;
using exchange::TensorKind;
using Blocks = exchange::Blocks<const float>;

constexpr const char* ending = ".npy";

// ChecksumSink: sums the bytes and counts them. Memory: four words.
class ChecksumSink final : public ByteSink {
 public:
  bool write(const void* bytes, std::size_t count) override {
    sum_.add(bytes, count);
    count_ += count;
    return true;
  }
  const char* name() const override { return "a checksum"; }
  std::uint32_t value() const { return sum_.value(); }
  std::uint64_t count() const { return count_; }

 private:
  Crc32 sum_;
  std::uint64_t count_ = 0;
};

// The array with its header, which ends at a multiple of 64 bytes.
bool write_array(const NamedTensor& tensor, const Blocks& blocks, ByteSink& sink) {
  Text<117> header;
  header << "{'descr': '" << (tensor.kind == TensorKind::batches ? "<i8" : "<f4")
         << "', 'fortran_order': False, 'shape': (";
  for (int i = 0; i < tensor.rank; ++i) header << tensor.shape[i] << (i + 1 < tensor.rank ? ", " : "");
  header << (tensor.rank == 1 ? ",)" : ")") << ", }";
  constexpr std::size_t front = 10;
  while ((front + header.size() + 1) % 64 != 0) header << ' ';
  header << '\n';
  const auto low = static_cast<unsigned char>(header.size() & 0xff),
             high = static_cast<unsigned char>(header.size() >> 8);
  const unsigned char bytes[front] = {0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, low, high};
  return sink.write(bytes, front) && sink.write(header.c_str(), header.size()) && write_elements(tensor, blocks, sink);
}

// WrittenMember: what stands in front of an array and in the directory.
struct WrittenMember {
  exchange::FileName name;
  std::uint32_t checksum;
  std::uint64_t size;
  std::uint64_t bytes() const { return zip::local_bytes + name.size() + size; }
};
WrittenMember member_of(const NamedTensor& tensor, const Blocks& blocks) {
  ChecksumSink sum;
  static_cast<void>(write_array(tensor, blocks, sum));
  WrittenMember member{exchange::name_of(tensor), sum.value(), sum.count()};
  member.name << ending;
  return member;
}

// The fields that both have: version, flags, method, time, date (1 January 1980), checksum, sizes, length of the name.
void put_common(unsigned char* bytes, const WrittenMember& member) {
  constexpr std::uint64_t version = 20, first_day = 0x21;
  put_bytes(bytes, 2, version);
  put_bytes(bytes + 8, 2, first_day);
  put_bytes(bytes + 10, 4, member.checksum);
  put_bytes(bytes + 14, 4, member.size);
  put_bytes(bytes + 18, 4, member.size);
  put_bytes(bytes + 22, 2, member.name.size());
}

bool write_member(const NamedTensor& tensor, const Blocks& blocks, const WrittenMember& member, ByteSink& sink) {
  unsigned char bytes[zip::local_bytes] = {};
  put_bytes(bytes, 4, zip::local_signature);
  put_common(bytes + 4, member);
  return sink.write(bytes, sizeof bytes) && sink.write(member.name.c_str(), member.name.size()) &&
         write_array(tensor, blocks, sink);
}

// The tensor that a running mean rounds off, if it is worth a field: it follows the running mean in the list.
const NamedTensor* remainder_of(exchange::TensorNames tensors, int i, const Blocks& blocks) {
  if (i + 1 == tensors.count || tensors.tensors[i + 1].kind != TensorKind::remainder) return nullptr;
  const NamedTensor& remainder = tensors.tensors[i + 1];
  return remainder.count() > zip::most_in_remainder_field || all_zero(remainder, blocks) ? nullptr : &remainder;
}

bool write_entry(const WrittenMember& member, std::uint64_t place, const NamedTensor* remainder, const Blocks& blocks,
                 ByteSink& sink) {
  unsigned char bytes[zip::entry_bytes] = {}, field[8] = {};
  ChecksumSink sum;
  if (remainder != nullptr) write_elements(*remainder, blocks, sum);
  put_bytes(bytes, 4, zip::entry_signature);
  put_bytes(bytes + 4, 2, 20);
  put_common(bytes + 6, member);
  put_bytes(bytes + 30, 2, remainder == nullptr ? 0 : sizeof field + sum.count());
  put_bytes(bytes + 42, 4, place);
  if (!sink.write(bytes, sizeof bytes) || !sink.write(member.name.c_str(), member.name.size())) return false;
  if (remainder == nullptr) return true;
  put_bytes(field, 2, zip::remainder_field);
  put_bytes(field + 2, 2, 4 + sum.count());
  put_bytes(field + 4, 4, sum.value());
  return sink.write(field, sizeof field) && write_elements(*remainder, blocks, sink);
}

}  // namespace

Status write_npz(exchange::TensorNames tensors, const Blocks& blocks, ByteSink& sink) {
  if (Status status = check_batches(tensors, blocks); !status.ok()) return status;
  std::uint64_t place = 0, directory = 0, entries = 0;
  for (int i = 0; i < tensors.count; ++i) {
    if (tensors.tensors[i].kind != TensorKind::remainder) place += 512 + 4 * std::uint64_t(tensors.tensors[i].count());
  }
  if (place >= zip::too_large) {
    Status::Message text;
    return Status::error(text << "The network's arrays take more than 4 GB, which an archive of NumPy's cannot hold.");
  }
  place = 0;
  bool written = true;
  for (int i = 0; i < tensors.count && written; ++i) {
    const NamedTensor& tensor = tensors.tensors[i];
    if (tensor.kind == TensorKind::remainder) continue;
    const WrittenMember member = member_of(tensor, blocks);
    written = write_member(tensor, blocks, member, sink);
    place += member.bytes();
  }
  const std::uint64_t end = place;
  place = 0;
  for (int i = 0; i < tensors.count && written; ++i) {
    const NamedTensor& tensor = tensors.tensors[i];
    if (tensor.kind == TensorKind::remainder) continue;
    const WrittenMember member = member_of(tensor, blocks);
    const NamedTensor* const remainder = remainder_of(tensors, i, blocks);
    written = write_entry(member, place, remainder, blocks, sink);
    place += member.bytes();
    directory += zip::entry_bytes + member.name.size();
    if (remainder != nullptr) directory += 8 + 4 * static_cast<std::uint64_t>(remainder->count());
    ++entries;
  }
  unsigned char bytes[zip::end_bytes] = {};
  put_bytes(bytes, 4, zip::end_signature);
  put_bytes(bytes + 8, 2, entries);
  put_bytes(bytes + 10, 2, entries);
  put_bytes(bytes + 12, 4, directory);
  put_bytes(bytes + 16, 4, end);
  return written && sink.write(bytes, sizeof bytes) ? Status() : could_not_write(sink);
}

}  // namespace io
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
