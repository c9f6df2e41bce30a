#include <mica/data/wav.hpp>

#include <cstring>

#include "source_name.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace {

constexpr int most_chunks = 1000;
constexpr std::uint32_t riff_header = 12, chunk_header = 8, format_size = 16, extensible_size = 40;
constexpr int pcm = 1, extensible = 0xfffe;

int word(const std::uint8_t* bytes) { return bytes[0] | bytes[1] << 8; }
std::uint32_t number(const std::uint8_t* bytes) {
  return static_cast<std::uint32_t>(word(bytes)) | static_cast<std::uint32_t>(word(bytes + 2)) << 16;
}
bool is(const std::uint8_t* bytes, const char* name) { return std::memcmp(bytes, name, 4) == 0; }

Status refused(const io::ByteSource& source, const char* what) {
  Status::Message text;
  return Status::error(text << source << what);
}

// The codings one meets.
const char* name_of(int coding) {
  switch (coding) {
    case 2:
      return " (ADPCM)";
    case 3:
      return " (floating point)";
    case 6:
      return " (A-law)";
    case 7:
      return " (mu-law)";
    case 17:
      return " (IMA ADPCM)";
    case 85:
      return " (MP3)";
    default:
      return "";
  }
}

Status check_kind(const io::ByteSource& source) {
  std::uint8_t header[riff_header];
  if (source.size() < riff_header) return refused(source, " is too short to be a WAV file.");
  if (!source.read(0, header, riff_header)) return unreadable(source, 0);
  if (is(header, "RIFX")) return refused(source, " is a WAV file in big-endian order (RIFX); RIFF was expected.");
  if (is(header, "RF64")) return refused(source, " is a WAV file in 64-bit form (RF64); RIFF was expected.");
  if (!is(header, "RIFF") || !is(header + 8, "WAVE")) {
    return refused(source, " is no WAV file: it does not begin with RIFF, a size and WAVE.");
  }
  return {};
}

}  // namespace

struct WavReader::Format {
  bool known = false;
  int rate = 0, channels = 0;
};

Status WavReader::read_format(const io::ByteSource& source, std::uint64_t offset, std::uint32_t size,
                              Format& format) const {
  if (format.known) return refused(source, " has two fmt chunks; a WAV file has one.");
  Status::Message text;
  text << source;
  if (size < format_size) {
    return Status::error(text << " has a fmt chunk of " << size << " bytes; it must have " << format_size
                              << " at least.");
  }
  std::uint8_t bytes[extensible_size] = {};
  const std::uint32_t count = size < extensible_size ? size : extensible_size;
  if (!source.read(offset, bytes, count)) return unreadable(source, offset);

  int coding = word(bytes);
  if (coding == extensible) {
    // The coding stands at the beginning of an identifier, which goes on the same for all.
    static constexpr std::uint8_t rest[] = {0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xaa, 0, 0x38, 0x9b, 0x71};
    if (size < extensible_size || std::memcmp(bytes + 26, rest, sizeof rest) != 0) {
      return Status::error(text << " has an extended fmt chunk without a coding that is known.");
    }
    coding = word(bytes + 24);
  }
  if (coding != pcm) {
    return Status::error(text << " holds sound in coding " << coding << name_of(coding)
                              << "; 16-bit PCM was expected.");
  }
  const int channels = word(bytes + 2), block = word(bytes + 12), bits = word(bytes + 14);
  if (bits != 16) return Status::error(text << " holds PCM of " << bits << " bits; 16 were expected.");
  if (channels < 1 || channels > 2) {
    return Status::error(text << " holds " << channels << " channels; one or two were expected.");
  }
  if (block != 2 * channels) {
    return Status::error(text << " says that its " << channels << " channels take " << block << " bytes together; "
                              << 2 * channels << " were expected.");
  }
  const std::uint32_t rate = number(bytes + 4);
  if (rate == 0 || rate > 0x7fffffff) {
    return Status::error(text << " claims " << rate << " samples in a second; 1 to 2147483647 were expected.");
  }
  format = {true, static_cast<int>(rate), channels};
  return {};
}

Status WavReader::open(const io::ByteSource& source) {
  if (Status status = check_kind(source); !status.ok()) return status;
  const std::uint64_t end = source.size();
  Format format;
  std::uint64_t data = 0;
  std::uint32_t bytes = 0;
  std::uint64_t offset = riff_header;
  for (int chunk = 0; end - offset >= chunk_header; ++chunk) {
    if (chunk == most_chunks) return refused(source, " has more than 1000 chunks.");
    std::uint8_t header[chunk_header];
    if (!source.read(offset, header, chunk_header)) return unreadable(source, offset);
    const std::uint32_t size = number(header + 4);
    const std::uint64_t begin = offset + chunk_header;
    if (size > end - begin) {
      Status::Message text;
      text << source << " has a chunk at byte " << static_cast<unsigned long long>(offset) << " that claims " << size;
      return Status::error(text << " bytes, but " << static_cast<unsigned long long>(end - begin)
                                << " follow (cut short).");
    }
    if (is(header, "fmt ")) {
      if (Status status = read_format(source, begin, size, format); !status.ok()) return status;
    } else if (is(header, "data")) {
      if (data != 0) return refused(source, " has two data chunks; one was expected.");
      data = begin;
      bytes = size;
    }
    // A chunk of an odd size is followed by a byte 0, which some programs leave out at the end.
    offset = begin + size;
    if (size % 2 == 1 && offset < end) ++offset;
  }
  if (!format.known) return refused(source, " has no fmt chunk; a WAV file needs one.");
  if (data == 0) return refused(source, " has no data chunk; a WAV file needs one.");
  if (bytes == 0) return refused(source, " holds no samples.");
  const std::uint32_t block = 2 * static_cast<std::uint32_t>(format.channels);
  if (bytes % block != 0) {
    Status::Message text;
    return Status::error(text << source << " holds " << bytes << " bytes of samples, but each takes " << block << '.');
  }
  source_ = &source;
  begin_ = data;
  size_ = bytes / block;
  rate_ = format.rate;
  channels_ = format.channels;
  return {};
}

Status WavReader::check_range(std::uint32_t first, int count) const {
  if (count < 0 || first > size_ || static_cast<std::uint32_t>(count) > size_ - first) {
    Status::Message text;
    text << count << " samples from " << first << " on were asked for, but there are " << size_;
    return Status::error(text << ", counted from 0.");
  }
  return {};
}

Status WavReader::read(std::uint32_t first, int count, std::int16_t* samples) const {
  if (Status status = check_range(first, count); !status.ok()) return status;
  const std::size_t numbers = static_cast<std::size_t>(count) * static_cast<std::size_t>(channels_);
  const std::uint64_t offset = begin_ + std::uint64_t{first} * 2 * static_cast<std::uint64_t>(channels_);
  if (count > 0 && !source_->read(offset, samples, 2 * numbers)) return unreadable(*source_, offset);
  // The file is little-endian whatever the machine.
  for (std::size_t i = 0; i < numbers; ++i) {
    std::uint8_t bytes[2];
    std::memcpy(bytes, samples + i, 2);
    samples[i] = static_cast<std::int16_t>(word(bytes));
  }
  return {};
}

Status WavReader::read_mono(std::uint32_t first, int count, std::int16_t* samples) const {
  if (channels_ == 1) return read(first, count, samples);
  if (Status status = check_range(first, count); !status.ok()) return status;
  constexpr int most = 64;
  std::int16_t both[2 * most];
  for (int done = 0; done < count; done += most) {
    const int part = count - done < most ? count - done : most;
    const std::uint32_t from = first + static_cast<std::uint32_t>(done);
    if (Status status = read(from, part, both); !status.ok()) return status;
    for (int i = 0; i < part; ++i) samples[done + i] = static_cast<std::int16_t>((both[2 * i] + both[2 * i + 1]) >> 1);
  }
  return {};
}

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
