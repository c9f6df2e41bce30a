// The samples that Mica and its peers train on, as one plain file: int count, int numbers per sample, the standardised
// floats, then one label byte per sample. It belongs to this machine alone.
#pragma once

#include <cstdint>
#include <cstdio>
#include <vector>

#include "case.hpp"

namespace benchmarks {

struct Samples {
  int count = 0;
  int numbers = 0;
  Numbers values;  // at the start of a line of the cache, like each sample of 28 x 28
  std::vector<std::uint8_t> labels;
  const float* sample(int i) const {
    return values.data() + static_cast<std::size_t>(i) * static_cast<std::size_t>(numbers);
  }
};

inline bool write_samples(const char* path, const Samples& s) {
  std::FILE* file = std::fopen(path, "wb");
  if (file == nullptr) return false;
  bool good = std::fwrite(&s.count, sizeof s.count, 1, file) == 1;
  good = std::fwrite(&s.numbers, sizeof s.numbers, 1, file) == 1 && good;
  good = std::fwrite(s.values.data(), sizeof(float), s.values.size(), file) == s.values.size() && good;
  good = std::fwrite(s.labels.data(), 1, s.labels.size(), file) == s.labels.size() && good;
  return std::fclose(file) == 0 && good;
}

inline bool read_samples(const char* path, Samples& s) {
  std::FILE* file = std::fopen(path, "rb");
  if (file == nullptr) return false;
  bool good =
      std::fread(&s.count, sizeof s.count, 1, file) == 1 && std::fread(&s.numbers, sizeof s.numbers, 1, file) == 1;
  if (good) {
    s.labels.resize(static_cast<std::size_t>(s.count));
    s.values.resize(s.labels.size() * static_cast<std::size_t>(s.numbers));
    good = std::fread(s.values.data(), sizeof(float), s.values.size(), file) == s.values.size() &&
           std::fread(s.labels.data(), 1, s.labels.size(), file) == s.labels.size();
  }
  std::fclose(file);
  return good;
}

}  // namespace benchmarks
