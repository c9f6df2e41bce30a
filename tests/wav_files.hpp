// WAV files for tests.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace tests {

// A number of `bytes` bytes, the lowest first.
inline std::string little_endian(std::uint32_t number, int bytes) {
  std::string text;
  for (int i = 0; i < bytes; ++i) text += static_cast<char>(number >> (8 * i) & 0xff);
  return text;
}

inline std::string chunk(const std::string& name, const std::string& bytes) {
  return name + little_endian(static_cast<std::uint32_t>(bytes.size()), 4) + bytes +
         (bytes.size() % 2 == 1 ? std::string(1, '\0') : "");
}

inline std::string riff(const std::string& chunks) { return chunk("RIFF", "WAVE" + chunks); }

inline std::string pcm_format(int channels, int rate, int bits = 16, int coding = 1) {
  const int block = channels * bits / 8;
  return little_endian(static_cast<std::uint32_t>(coding), 2) + little_endian(static_cast<std::uint32_t>(channels), 2) +
         little_endian(static_cast<std::uint32_t>(rate), 4) +
         little_endian(static_cast<std::uint32_t>(rate * block), 4) +
         little_endian(static_cast<std::uint32_t>(block), 2) + little_endian(static_cast<std::uint32_t>(bits), 2);
}

inline std::string samples_as_bytes(const std::vector<int>& samples) {
  std::string bytes;
  for (const int sample : samples) bytes += little_endian(static_cast<std::uint32_t>(sample), 2);
  return bytes;
}

inline std::string wav(int channels, int rate, const std::vector<int>& samples) {
  return riff(chunk("fmt ", pcm_format(channels, rate)) + chunk("data", samples_as_bytes(samples)));
}

}  // namespace tests
