// Small ONNX models, put together by hand.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace onnx_tests {

inline std::string varint(std::uint64_t number) {
  std::string bytes;
  for (; number >= 0x80; number >>= 7) bytes += static_cast<char>(number | 0x80);
  return bytes + static_cast<char>(number);
}
inline std::string bytes_field(std::uint64_t number, const std::string& bytes) {
  return varint(number << 3 | 2) + varint(bytes.size()) + bytes;
}
inline std::string number_field(std::uint64_t number, std::int64_t value) {
  return varint(number << 3) + varint(static_cast<std::uint64_t>(value));
}

inline std::string node(const std::string& operation, const std::vector<std::string>& inputs, const std::string& output,
                        const std::string& attributes = "") {
  std::string bytes;
  for (const std::string& input : inputs) bytes += bytes_field(1, input);
  return bytes_field(1, bytes + bytes_field(2, output) + bytes_field(3, "n" + output.substr(1)) +
                            bytes_field(4, operation) + attributes);
}
inline std::string integers(const std::string& name, const std::vector<std::int64_t>& values) {
  std::string bytes = bytes_field(1, name);
  for (const std::int64_t value : values) bytes += number_field(8, value);
  return bytes_field(5, bytes + number_field(20, 7));
}
inline std::string integer(const std::string& name, std::int64_t value) {
  return bytes_field(5, bytes_field(1, name) + number_field(3, value) + number_field(20, 2));
}
// `size` bytes of float32.
inline std::string tensor(const std::string& name, const std::vector<std::int64_t>& dims, std::size_t size) {
  std::string bytes;
  for (const std::int64_t extent : dims) bytes += number_field(1, extent);
  return bytes_field(5, bytes + number_field(2, 1) + bytes_field(8, name) + bytes_field(9, std::string(size, '\x3e')));
}
inline std::string integer_tensor(const std::string& name, const std::vector<std::int64_t>& values) {
  std::string bytes;
  for (const std::int64_t value : values) bytes += varint(static_cast<std::uint64_t>(value));
  return bytes_field(5, number_field(1, static_cast<std::int64_t>(values.size())) + number_field(2, 7) +
                            bytes_field(7, bytes) + bytes_field(8, name));
}
inline std::string scalar(const std::string& name, std::int64_t value) {
  return bytes_field(
      5, number_field(2, 7) + bytes_field(7, varint(static_cast<std::uint64_t>(value))) + bytes_field(8, name));
}
inline std::string value(std::uint64_t field, const std::string& name, const std::vector<std::int64_t>& dims) {
  std::string shape;
  for (const std::int64_t extent : dims) shape += bytes_field(1, number_field(1, extent));
  return bytes_field(field,
                     bytes_field(1, name) + bytes_field(2, bytes_field(1, number_field(1, 1) + bytes_field(2, shape))));
}
inline std::string model(const std::string& graph, std::int64_t opset = 13) {
  return number_field(1, 8) + bytes_field(8, number_field(2, opset)) + bytes_field(7, graph);
}

inline std::string dense_model(const std::vector<std::int64_t>& dims, std::size_t size) {
  return model(node("MatMul", {"x", "w"}, "y0") + tensor("w", dims, size) +
               value(11, "x", {1, dims[0] > 0 ? dims[0] : 1}) + value(12, "y0", {1, 2}));
}

// Operators of one input one behind the other.
inline std::string chain_model(const std::vector<std::string>& operations) {
  std::string graph, last = "x";
  for (std::size_t i = 0; i < operations.size(); ++i) {
    const std::string next = "v" + std::to_string(i);
    graph += node(operations[i], {last}, next);
    last = next;
  }
  return model(graph + value(11, "x", {0, 4}) + value(12, last, {0, 4}));
}

// Weights that ConstantOfShape makes.
inline std::string repeated_weights_model(std::int64_t in, std::int64_t out) {
  return model(node("ConstantOfShape", {"s"}, "v0") + node("MatMul", {"x", "v0"}, "v1") +
               integer_tensor("s", {in, out}) + value(11, "x", {1, in}) + value(12, "v1", {1, out}));
}

// A convolution with a BatchNorm, a way around, a Flatten and a Gemm; arithmetic on shapes; a recurrent layer.
inline std::vector<std::string> small_models() {
  const std::string image = node("Conv", {"x", "w", "b"}, "v0", integers("pads", {1, 1, 1, 1})) +
                            node("BatchNormalization", {"v0", "b", "b", "b", "b"}, "v1") + node("Relu", {"v1"}, "v2") +
                            node("Add", {"v2", "x"}, "v3") + node("Flatten", {"v3"}, "v4") +
                            node("Gemm", {"v4", "d", "e"}, "v5") + tensor("w", {2, 2, 3, 3}, 144) +
                            tensor("b", {2}, 8) + tensor("d", {18, 3}, 216) + tensor("e", {3}, 12);
  const std::string shapes =
      node("Shape", {"x"}, "v0") + node("Gather", {"v0", "i"}, "v1") + node("Unsqueeze", {"v1", "a"}, "v2") +
      node("Concat", {"v2", "m"}, "v3", integer("axis", 0)) + node("Reshape", {"x", "v3"}, "v4") +
      node("Softmax", {"v4"}, "v5") + scalar("i", 0) + integer_tensor("a", {0}) + integer_tensor("m", {-1});
  const std::string recurrent =
      node("LSTM", {"x", "w", "r", "b"}, "v0", integer("hidden_size", 2)) + node("Squeeze", {"v0", "a"}, "v1") +
      node("Transpose", {"v1"}, "v2", integers("perm", {1, 0, 2})) +
      node("Gather", {"v2", "i"}, "v3", integer("axis", 1)) + tensor("w", {1, 8, 3}, 96) + tensor("r", {1, 8, 2}, 64) +
      tensor("b", {1, 16}, 64) + integer_tensor("a", {1}) + scalar("i", -1);
  return {model(image + value(11, "x", {0, 2, 3, 3}) + value(12, "v5", {0, 3})),
          model(shapes + value(11, "x", {0, 2, 3}) + value(12, "v5", {0, 6})),
          model(recurrent + value(11, "x", {4, 0, 3}) + value(12, "v3", {0, 2}))};
}

}  // namespace onnx_tests
