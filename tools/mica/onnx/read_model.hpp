#pragma once

#include <string>

#include "model.hpp"

namespace mica::onnx {

// Each reads one message; where it cannot, it returns false and `failure` is a sentence that says why and at which byte.
bool read_model(Bytes file, Model& model, std::string& failure);
// A network of more operators would be no type that a compiler could take.
constexpr std::size_t most_nodes = 10000;
bool read_node(Bytes message, Node& node, std::string& failure);
bool read_tensor(Bytes message, TensorView& tensor, std::string& failure);
bool read_value_info(Bytes message, ValueInfo& value, std::string& failure);

// The numbers of a tensor, whose count its dims must be. Read only what is wanted: integers take up to 8 times their bytes
// in the file, so at most `longest_integers` of them are read.
constexpr std::size_t longest_integers = 1024;
// Whether the numbers are there, as many as the extents say.
bool check_floats(const TensorView& tensor, std::string& failure);
bool read_floats(const TensorView& tensor, std::vector<float>& numbers, std::string& failure);
bool read_integers(const TensorView& tensor, std::vector<std::int64_t>& numbers, std::string& failure);

// The product of extents; false where one is negative or the product is over 2^31 - 1.
bool count_elements(const std::vector<std::int64_t>& dims, std::size_t& count);

}  // namespace mica::onnx
