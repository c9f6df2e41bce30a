#include "graph.hpp"

#include "read_model.hpp"

namespace mica::onnx {
namespace {

bool make_constant_node(const Node& node, Graph& graph, std::vector<std::string>& problems) {
  if (node.operation != "Constant" || node.outputs.size() != 1) return false;
  Constant constant;
  std::string failure;
  if (const Attribute* const value = node.find("value"); value != nullptr && value->has_tensor) {
    if (!make_constant(value->tensor, constant, nullptr, failure)) problems.push_back(failure);
  } else if (const Attribute* const number = node.find("value_float")) {
    constant.uniform = number->number;
  } else if (const Attribute* const integer = node.find("value_int")) {
    constant = of_integers({integer->integer});
    constant.dims.clear();
  } else if (const Attribute* const integers = node.find("value_ints")) {
    constant = of_integers(integers->integers);
  } else {
    problems.push_back(name_of(node) + ": its attributes give no tensor, number or list of whole numbers.");
  }
  graph.constants[node.outputs[0]] = constant;
  return true;
}

void read_values(const std::vector<Bytes>& messages, bool inputs, Graph& graph, std::vector<std::string>& problems) {
  for (const Bytes& message : messages) {
    ValueInfo value;
    std::string failure;
    if (!read_value_info(message, value, failure)) problems.push_back(failure);
    if (inputs && graph.constants.count(value.name) != 0) continue;
    (inputs ? graph.inputs : graph.outputs).push_back(value);
  }
}

}  // namespace

std::string name_of(const Node& node) {
  const std::string_view name = node.name.empty() && !node.outputs.empty() ? node.outputs[0] : node.name;
  std::string operation = quoted(node.operation);
  return "Node " + quoted(name) + " (" + operation.substr(1, operation.size() - 2) + ")";
}

const GraphNode* Graph::producer(std::string_view value, std::string_view operation) const {
  const auto found = producers.find(value);
  if (found == producers.end()) return nullptr;
  const GraphNode& node = nodes[found->second];
  return node.operation == operation && !node.removed ? &node : nullptr;
}

int Graph::uses_of(std::string_view value) const {
  const auto found = uses.find(value);
  return found == uses.end() ? 0 : found->second;
}

std::optional<float> Graph::number(std::string_view value) const {
  const auto found = constants.find(value);
  if (found == constants.end()) return {};
  return single_float(found->second);
}

void make_graph(const Model& model, Graph& graph, std::vector<std::string>& problems) {
  graph.opset = model.opset;
  for (const Metadata& entry : model.statistics) graph.statistics[entry.key] = entry.value;
  for (const Bytes& message : model.initializers) {
    Constant constant;
    std::string_view name;
    std::string failure;
    if (!make_constant(message, constant, &name, failure)) problems.push_back(failure);
    graph.constants[name] = constant;
  }
  for (const Bytes& message : model.nodes) {
    GraphNode node;
    std::string failure;
    if (!read_node(message, node, failure)) {
      problems.push_back(failure);
      return;
    }
    if (make_constant_node(node, graph, problems)) continue;
    for (const std::string_view output : node.outputs) {
      if (!output.empty()) graph.producers[output] = graph.nodes.size();
    }
    for (const std::string_view input : node.inputs) graph.uses[input] += 1;
    graph.nodes.push_back(std::move(node));
  }
  read_values(model.inputs, true, graph, problems);
  read_values(model.outputs, false, graph, problems);
  for (const ValueInfo& output : graph.outputs) graph.uses[output.name] += 1;
}

}  // namespace mica::onnx
