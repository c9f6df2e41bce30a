#pragma once

#include <cstdint>

#include <mica/io/bytes.hpp>
#include <mica/namespace.hpp>
#include <mica/status.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// WavReader: sound in a WAV file: RIFF with 16-bit PCM in one or two channels, also in the form
// WAVE_FORMAT_EXTENSIBLE. Other chunks are passed over, wherever they stand; the size of the whole in the first header is
// not believed, those of the chunks are. It keeps where the samples are and a pointer to the source, which must outlive
// it; samples are read when asked for, so the file may be larger than the memory. A reader that could not open another
// file stays as it was.
// Memory: 32 bytes. Errors: another kind of file, coding, number of bits or channels; chunks that are missing, twice there,
// too short, or longer than the file; no samples; more than 1000 chunks; a failing device; samples outside the file.
class WavReader {
 public:
  Status open(const io::ByteSource& source);

  int rate() const { return rate_; }            // samples of each channel in a second
  int channels() const { return channels_; }    // 1 or 2
  std::uint32_t size() const { return size_; }  // samples of each channel

  // `count` samples of each channel from `first` on; those of two channels alternate.
  Status read(std::uint32_t first, int count, std::int16_t* samples) const;
  // The same as one channel, of two the mean, rounded down. Needs no further memory.
  Status read_mono(std::uint32_t first, int count, std::int16_t* samples) const;

 private:
  struct Format;
  Status check_range(std::uint32_t first, int count) const;
  Status read_format(const io::ByteSource& source, std::uint64_t offset, std::uint32_t size, Format& format) const;

  const io::ByteSource* source_ = nullptr;
  std::uint64_t begin_ = 0;
  std::uint32_t size_ = 0;
  int rate_ = 0, channels_ = 0;
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
