// Whatever bytes an ONNX file holds, importing it ends: nothing is read or written outside, no request of memory is far
// above the file's size, and what cannot be taken is told in whole sentences.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "tests/fuzz/require.hpp"
#include "tools/mica/onnx/import.hpp"

namespace {

using fuzz::require;

// libFuzzer's -malloc_limit_mb stops at larger requests; the longest file is 4 KB, unless it is told otherwise.
struct CountingSink final : mica::io::ByteSink {
  std::size_t written = 0;
  bool write(const void*, std::size_t count) override {
    written += count;
    return true;
  }
  const char* name() const override { return "memory"; }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  // On the heap and of the exact size, so that the sanitizer sees a byte too many.
  const std::vector<std::uint8_t> file(bytes, bytes + size);
  mica::onnx::Network network;
  std::vector<std::string> problems;
  const bool imported = mica::onnx::import_model({file.data(), file.size(), 0}, network, problems);
  require(imported == problems.empty());
  for (const std::string& problem : problems) require(problem.size() > 9 && problem.back() == '.');
  if (!imported) return 0;
  require(network.input.sample_size() > 0 && network.output.sample_size() > 0);
  // A number that is not finite is refused there.
  CountingSink sink;
  require(!mica::onnx::write_header(network, "Net", sink).ok() || sink.written > network.description.size());
  return 0;
}
