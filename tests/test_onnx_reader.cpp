// Hostile ONNX files: whatever their bytes are, importing ends, says why in sentences, and takes no more memory than the
// file justifies. Every operator new is counted.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <new>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/onnx/small_models.hpp"
#include "tools/mica/onnx/import.hpp"
#include "tools/mica/onnx/read_model.hpp"

namespace {

std::size_t largest_request = 0;
bool counts = false;

void* take(std::size_t bytes) {
  if (counts && bytes > largest_request) largest_request = bytes;
  void* const memory = std::malloc(bytes == 0 ? 1 : bytes);
  if (memory == nullptr) std::abort();
  return memory;
}

}  // namespace

void* operator new(std::size_t bytes) { return take(bytes); }
void* operator new[](std::size_t bytes) { return take(bytes); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }

namespace {

namespace onnx = mica::onnx;
using namespace onnx_tests;

// Whether it was imported. In any case no request of memory was above twice the file's size, but for what a few names
// and sentences take.
bool imports(const std::string& file, std::vector<std::string>& problems) {
  constexpr std::size_t always = 16384;
  // On the heap and of the exact size, so that a sanitizer sees a byte too many.
  std::vector<std::uint8_t> bytes(file.begin(), file.end());
  onnx::Network network;
  problems.clear();
  problems.reserve(64);
  largest_request = 0;
  counts = true;
  const bool imported = onnx::import_model({bytes.data(), bytes.size(), 0}, network, problems);
  counts = false;
  const std::size_t largest = largest_request;
  CHECK(largest <= 2 * file.size() + always);
  CHECK(imported == problems.empty());
  for (const std::string& problem : problems) {
    if (problem.size() < 10 || problem.back() != '.') CHECK_MESSAGE(false, "no sentence: " << problem);
  }
  return imported;
}

std::string first_problem(const std::string& file) {
  std::vector<std::string> problems;
  return imports(file, problems) ? "" : problems[0];
}

bool contains(const std::string& text, const char* part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("the small models are imported") {
  for (const std::string& model : small_models()) CHECK(first_problem(model) == "");
}

TEST_CASE("a file that ends too early, at every byte") {
  std::vector<std::string> problems;
  for (const std::string& model : small_models()) {
    for (std::size_t size = 0; size < model.size(); ++size) CHECK_FALSE(imports(model.substr(0, size), problems));
  }
}

TEST_CASE("every bit turned over") {
  std::vector<std::string> problems;
  for (std::string model : small_models()) {
    int refused = 0;
    for (std::size_t bit = 0; bit < model.size() * 8; ++bit) {
      const char flipped = static_cast<char>(1 << bit % 8);
      model[bit / 8] = static_cast<char>(model[bit / 8] ^ flipped);
      refused += !imports(model, problems);
      model[bit / 8] = static_cast<char>(model[bit / 8] ^ flipped);
    }
    CHECK(refused > 0);
  }
}

TEST_CASE("every byte at its largest, and lengths near 2^63 in its place") {
  std::vector<std::string> problems;
  const std::string huge[] = {"\xff", std::string("\xff\xff\xff\xff\xff\xff\xff\xff\x7f"),
                              std::string("\xfe\xff\xff\xff\xff\xff\xff\xff\xff\x01"),
                              std::string("\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80")};
  for (const std::string& model : small_models()) {
    for (std::size_t at = 0; at < model.size(); ++at) {
      for (const std::string& bytes : huge) imports(std::string(model).replace(at, 1, bytes), problems);
    }
  }
}

TEST_CASE("claims that the file does not keep are told with their place") {
  CHECK(contains(first_problem(""), "hold no graph"));
  CHECK(contains(first_problem(varint(7 << 3 | 2) + varint(std::uint64_t{1} << 62)),
                 "At byte 1 field 7 claims 4611686018427387904 bytes"));
  CHECK(contains(first_problem("\x3a\xff"), "does not end"));
  CHECK(contains(first_problem("\x02\x01"), "number 0"));
  CHECK(contains(first_problem("\x0b"), "written in way 3"));
  CHECK(contains(first_problem(bytes_field(7, "") + bytes_field(7, "")), "second graph"));
}

TEST_CASE("tensors that claim more than they hold") {
  const auto with_dims = [](const std::vector<std::int64_t>& dims) { return first_problem(dense_model(dims, 8)); };
  CHECK(contains(with_dims({65536, 16384}), "holds 2 numbers, but its extents are 65536 x 16384"));
  CHECK(contains(with_dims({-1, 2}), "extents that no tensor here can have: [-1][2]"));
  CHECK(contains(with_dims({INT64_MIN, 2}), "extents that no tensor here can have"));
  CHECK(contains(with_dims({INT64_MAX, INT64_MAX}), "extents that no tensor here can have"));
  CHECK(contains(with_dims({std::int64_t{1} << 32, std::int64_t{1} << 32}), "extents that no tensor here can have"));
  CHECK(contains(first_problem(dense_model({1, 2}, 7)), "7 bytes of float32"));
}

TEST_CASE("bombs of messages within messages, of many small ones, and of repeated numbers") {
  std::vector<std::string> problems;
  std::string bomb;
  for (int depth = 0; depth < 20000 && bomb.size() < 200000; ++depth) bomb = bytes_field(7, bomb);
  CHECK_FALSE(imports(bomb, problems));
  std::string nodes;
  for (int i = 0; i < 100000; ++i) nodes += bytes_field(1, "");
  CHECK(contains(first_problem(bytes_field(7, nodes)), "100000 nodes"));
  // One number of 4 bytes is to stand for 4 GB of weights.
  CHECK(contains(first_problem(repeated_weights_model(32768, 32768)), "repeat one number 1073741824 times"));
}

TEST_CASE("everything that cannot be taken is named at once") {
  std::vector<std::string> problems;
  CHECK_FALSE(imports(chain_model({"Relu", "Sin", "Tanh", "Loop"}), problems));
  REQUIRE(problems.size() == 2);
  CHECK(contains(problems[0], "\"n1\" (Sin): Mica has no layer for this operator"));
  CHECK(contains(problems[1], "\"n3\" (Loop): Mica has no layer for this operator"));
  CHECK_FALSE(imports(chain_model({"Identity", "Softmax", "HardSigmoid"}), problems));
  CHECK(contains(problems[0], "\"n2\" (HardSigmoid): Mica's HardSigmoid has alpha = 1/6"));
}
