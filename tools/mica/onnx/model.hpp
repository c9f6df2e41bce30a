// What an ONNX file holds, as views of its bytes. Everything that a hostile file could make long is one pointer and two
// numbers for each thing that it really holds; names, tensors and attributes are looked at where they lie in the file.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "bytes.hpp"

namespace mica::onnx {

// A tensor's facts; its numbers stay in the file.
struct TensorView {
  enum Type { float32 = 1, int32 = 6, int64 = 7, float64 = 11 };
  std::string_view name;
  std::uint64_t type = 0;
  std::vector<std::int64_t> dims;
  Bytes raw;               // raw_data
  Bytes floats, integers;  // packed float_data; int64_data or int32_data
  bool has_raw = false, elsewhere = false;
  std::vector<float> loose_floats;  // what is written one by one
  std::vector<std::int64_t> loose_integers;
  std::size_t offset = 0;
};

struct Attribute {
  std::string_view name;
  std::uint64_t type = 0;
  float number = 0;
  std::int64_t integer = 0;
  std::string_view text;
  Bytes tensor;
  bool has_tensor = false;
  std::vector<float> numbers;
  std::vector<std::int64_t> integers;
  std::vector<std::string_view> texts;
};

struct Node {
  std::string_view name, operation, domain;
  std::vector<std::string_view> inputs, outputs;
  std::vector<Attribute> attributes;
  std::size_t offset = 0;

  const Attribute* find(std::string_view attribute) const;
  std::int64_t integer(std::string_view attribute, std::int64_t otherwise) const;
  float number(std::string_view attribute, float otherwise) const;
  std::string_view text(std::string_view attribute, std::string_view otherwise) const;
  std::vector<std::int64_t> integers(std::string_view attribute, std::vector<std::int64_t> otherwise) const;
};

// A graph's input or output: extents below 0 are symbols, or unknown.
struct ValueInfo {
  std::string_view name;
  std::uint64_t type = 0;
  bool has_shape = false;
  std::vector<std::int64_t> dims;
};

// What stands beside the graph, by name.
struct Metadata {
  std::string_view key, value;
};

struct Model {
  std::int64_t opset = 0;
  std::string_view producer;
  std::vector<Bytes> nodes, initializers, inputs, outputs;
  std::vector<Metadata> statistics;  // what Mica writes of a BatchNorm and ONNX has no place for
};

}  // namespace mica::onnx
