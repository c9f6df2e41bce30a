// The numbers of the fields of ONNX's messages, from onnx.proto3 of version 1.12.
#pragma once

#include <mica/namespace.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace exchange {
namespace onnx {

enum Field {
  model_version = 1,
  model_producer = 2,
  model_graph = 7,
  model_operators = 8,
  model_metadata = 14,
  operators_domain = 1,
  operators_version = 2,
  entry_key = 1,
  entry_value = 2,
  graph_node = 1,
  graph_name = 2,
  graph_initializer = 5,
  graph_input = 11,
  graph_output = 12,
  node_input = 1,
  node_output = 2,
  node_operation = 4,
  node_attribute = 5,
  attribute_name = 1,
  attribute_real = 2,
  attribute_integer = 3,
  attribute_text = 4,
  attribute_integers = 8,
  attribute_type = 20,
  tensor_extent = 1,
  tensor_type = 2,
  tensor_name = 8,
  tensor_bytes = 9,
  value_name = 1,
  value_type = 2,
  type_tensor = 1,
  of_type = 1,
  of_shape = 2,
  shape_extent = 1,
  extent_number = 1,
  extent_word = 2,
};

constexpr int type_float = 1, type_integer = 7;

// The version of the messages that belongs to this version of the operators.
constexpr int file_version = 8, operators_version_written = 17;

}  // namespace onnx
}  // namespace exchange
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
