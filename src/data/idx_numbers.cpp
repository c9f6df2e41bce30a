#include <mica/data/idx_numbers.hpp>

#include <cstring>

#include "idx_words.hpp"
#include "source_name.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace {

constexpr std::uint32_t largest = 0x7fffffff;

}  // namespace

Status IdxNumbers::open(const io::ByteSource& source) {
  Status::Message text;
  text << source;
  std::uint8_t header[4 + 4 * 4];
  if (source.size() < 4) return Status::error(text << " is too short to be an IDX file.");
  if (!source.read(0, header, 4)) return unreadable(source, 0);
  const int rank = header[3];
  if (header[0] != 0 || header[1] != 0 || header[2] != 0x0d) {
    const bool bytes = header[0] == 0 && header[1] == 0 && header[2] == 8;
    return Status::error(text << " is no IDX file of floats, which begins with the bytes 0, 0 and 13"
                              << (bytes ? "; it is one of bytes." : "."));
  }
  if (rank < 2 || rank > 4) {
    return Status::error(text << " has " << rank << " extents; a file of samples has 2 to 4.");
  }
  const std::size_t begin = 4 + 4 * static_cast<std::size_t>(rank);
  if (source.size() < begin) return Status::error(text << " ends within its header.");
  if (!source.read(4, header + 4, begin - 4)) return unreadable(source, 4);

  IdxNumbers opened;
  opened.source_ = &source;
  opened.rank_ = rank - 1;
  std::uint64_t numbers = 1;
  bool fits = true;
  text << " claims to hold " << big_endian(header + 4) << " samples of ";
  for (int i = 1; i < rank; ++i) {
    const std::uint32_t extent = big_endian(header + 4 + 4 * i);
    text << (i > 1 ? "x" : "") << extent;
    // Below 2^31 before, so that the product cannot overflow.
    numbers *= extent;
    fits = fits && extent > 0 && numbers <= largest;
    if (!fits) numbers = 1;
    opened.extents_[i - 1] = static_cast<int>(extent);
  }
  text << " numbers";
  const std::uint32_t count = big_endian(header + 4);
  if (!fits || count == 0 || count > largest) {
    return Status::error(text << ", but samples, and numbers in each, must be 1 to " << largest << '.');
  }
  // In units of numbers, so that it stays below 2^63.
  const std::uint64_t expected = count * numbers, found = source.size() - begin;
  if (found / 4 != expected || found % 4 != 0) {
    return Status::error(text << ", but " << static_cast<unsigned long long>(found) << " bytes follow its header"
                              << (found / 4 < expected ? " (cut short)." : " (too long)."));
  }
  opened.size_ = static_cast<int>(count);
  opened.numbers_ = static_cast<int>(numbers);
  *this = opened;
  return {};
}

Status IdxNumbers::read(int index, float* sample) const {
  Status::Message text;
  if (index < 0 || index >= size_) {
    return Status::error(text << "Sample " << index << " was asked for, but there are " << size_ << '.');
  }
  const std::size_t bytes = 4 * static_cast<std::size_t>(numbers_);
  const std::uint64_t offset = 4 * (rank_ + 2u) + static_cast<std::uint64_t>(index) * bytes;
  if (!source_->read(offset, sample, bytes)) return unreadable(*source_, offset);
  for (int i = 0; i < numbers_; ++i) {
    std::uint8_t number[4];
    std::memcpy(number, sample + i, 4);
    const std::uint32_t bits = big_endian(number);
    std::memcpy(sample + i, &bits, 4);
    if ((bits & 0x7f800000) == 0x7f800000) {
      return Status::error(text << "Number " << i << " of sample " << index << " in " << *source_
                                << " is infinite or no number.");
    }
  }
  return {};
}

Status IdxNumbersSamples::open(const io::ByteSource& samples, const io::ByteSource& labels, int rank,
                               const int* extents, int classes) {
  IdxNumbersSamples opened;
  if (Status status = opened.numbers_.open(samples); !status.ok()) return status;
  if (Status status = opened.labels_.open(labels); !status.ok()) return status;
  const IdxNumbers& found = opened.numbers_;
  int wanted = 1;
  bool fits = found.rank() == rank || (found.rank() == rank - 1 && extents[rank - 1] == 1);
  for (int i = 0; i < rank; ++i) {
    wanted *= extents[i];
    fits = fits && (i >= found.rank() || found.extent(i) == extents[i]);
  }
  if (!fits && !(rank == 1 && found.numbers() == wanted)) {
    Status::Message text;
    text << samples << " holds samples of ";
    for (int i = 0; i < found.rank(); ++i) text << (i > 0 ? "x" : "") << found.extent(i);
    text << " numbers, but the model takes ";
    for (int i = 0; i < rank; ++i) text << (i > 0 ? "x" : "") << extents[i];
    return Status::error(text << '.');
  }
  if (found.size() != opened.labels_.size()) {
    Status::Message text;
    text << samples << " holds " << found.size() << " samples, but " << labels << " holds " << opened.labels_.size();
    return Status::error(text << " labels.");
  }
  if (Status status = opened.labels_.check_labels(classes); !status.ok()) return status;
  opened.classes_ = classes;
  *this = opened;
  return {};
}

Status IdxNumbersSamples::read(int index, float* sample, std::uint8_t& label) const {
  if (Status status = numbers_.read(index, sample); !status.ok()) return status;
  if (Status status = labels_.read(index, label); !status.ok()) return status;
  if (label < classes_) return {};
  // The file was in order when it was opened, but it may have changed since.
  Status::Message text;
  return Status::error(text << "Label " << index << " is now " << label + 0 << ", but with " << classes_
                            << " classes labels are 0 to " << classes_ - 1 << '.');
}

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
