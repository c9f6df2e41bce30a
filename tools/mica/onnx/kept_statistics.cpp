#include "kept_statistics.hpp"

#include "message.hpp"

namespace mica::onnx {
namespace {

constexpr std::string_view mean_suffix = "running_mean";

std::string_view find(const Graph& graph, const std::string& key) {
  const auto found = graph.statistics.find(key);
  return found == graph.statistics.end() ? std::string_view() : found->second;
}

bool read_digits(std::string_view digits, float& number) {
  std::uint32_t bits = 0;
  for (const char c : digits) {
    const bool decimal = c >= '0' && c <= '9', letter = c >= 'a' && c <= 'f';
    if (!decimal && !letter) return false;
    bits = bits << 4 | static_cast<std::uint32_t>(decimal ? c - '0' : c - 'a' + 10);
  }
  number = float_of_bits(bits);
  return true;
}

bool read_count(std::string_view digits, float& number) {
  constexpr std::size_t most_digits = 18;  // so that it fits into 64 bits
  if (digits.size() > most_digits) return false;
  std::uint64_t count = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return false;
    count = 10 * count + static_cast<std::uint64_t>(c - '0');
  }
  number = static_cast<float>(count);
  return static_cast<std::uint64_t>(number) == count;
}

}  // namespace

bool read_kept_statistics(const Graph& graph, std::string_view mean, std::size_t count, KeptStatistics& kept) {
  kept.remainders.assign(count, 0);
  kept.batches = 0;
  const std::string name(mean);
  const std::string_view digits = find(graph, name + "_remainder");
  if (!digits.empty()) {
    if (digits.size() != 8 * count) return false;
    for (std::size_t i = 0; i < count; ++i) {
      if (!read_digits(digits.substr(8 * i, 8), kept.remainders[i])) return false;
    }
  }
  if (mean.size() < mean_suffix.size()) return true;
  return read_count(find(graph, name.substr(0, name.size() - mean_suffix.size()) + "num_batches_tracked"),
                    kept.batches);
}

}  // namespace mica::onnx
