// The formula that weights and inputs come from: see number() and fill() in tools/golden/onnx_models.py.
#pragma once

#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

namespace onnx_tests {

inline std::uint32_t crc32(const std::string& text) {
  std::uint32_t crc = 0xffffffffu;
  for (const char c : text) {
    crc ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) crc = crc >> 1 ^ (0xedb88320u & (0u - (crc & 1)));
  }
  return ~crc;
}

inline std::vector<float> numbers_named(const std::string& name, std::int64_t count) {
  std::vector<float> numbers;
  for (std::int64_t i = 0; i < count; ++i) {
    std::uint64_t h = (static_cast<std::uint64_t>(i) + crc32(name)) * 0x9e3779b97f4a7c15;
    h = (h ^ h >> 32) * 0xd6e8feb86659fd93;
    h ^= h >> 32;
    numbers.push_back(static_cast<float>(h >> 40) / 8388608.0f - 1);
  }
  return numbers;
}

inline std::vector<float> weights(const std::string& name, const std::vector<std::int64_t>& dims) {
  std::int64_t count = 1, fan_in = 1;
  for (std::size_t i = 0; i < dims.size(); ++i) {
    count *= dims[i];
    if (i > 0) fan_in *= dims[i];
  }
  const auto ends_with = [&](const std::string& end) {
    return name.size() >= end.size() && name.compare(name.size() - end.size(), end.size(), end) == 0;
  };
  std::vector<float> numbers = numbers_named(name, count);
  for (float& number : numbers) {
    if (dims.size() > 1) {
      number = number * 1.5f / std::sqrt(static_cast<float>(fan_in));
    } else if (ends_with("running_var")) {
      number = 1 + number * 0.25f;
    } else {
      number = (ends_with("weight") ? 0.6f : 0.5f) + number * 0.125f;
    }
  }
  return numbers;
}

}  // namespace onnx_tests
