#include "translation.hpp"

#include <algorithm>

namespace mica::onnx {

Translation::Translation(const Graph& graph, std::size_t file_size, const Layout& input)
    : graph_(graph), file_size_(file_size) {
  computed_[graph.inputs[0].name] = add_value(input, -1);
}

void Translation::run() {
  for (const GraphNode& node : graph_.nodes) {
    if (node.removed) continue;
    const Translate translate = operator_named(node.operation);
    const bool own = node.domain.empty() || node.domain == "ai.onnx";
    if (translate == nullptr || !own) {
      refuse(node, own ? "Mica has no layer for this operator" : "it is an operator of " + quoted(node.domain));
      continue;
    }
    const std::size_t before = problems.size();
    translate(*this, node);
    if (problems.size() > before) {
      for (const std::string_view output : node.outputs) refused_.insert(output);
    }
  }
  finish();
}

// A network that ends in a row of numbers ends so in Mica too.
void Translation::finish() {
  const ValueInfo& output = graph_.outputs[0];
  const auto found = computed_.find(output.name);
  if (found == computed_.end()) {
    if (problems.empty())
      problems.push_back("The graph's output " + quoted(output.name) + " does not depend on its input.");
    return;
  }
  result = found->second;
  Node end;
  end.operation = "output";
  end.name = output.name;
  const Layout& last = layout(result);
  if (last.rank() == 2 && last.shape.size() > 1 && only_batch(last.axes[0])) result = arrange(end, result, {{{1}}});
  if (values[static_cast<std::size_t>(std::max(result, 0))].producer < 0 && problems.empty()) {
    Node identity = end;
    layer(identity, result, "Identity", layout(result)).role = Operation::Role::elementwise;
    result = last_value();
  }
}

void Translation::refuse(const Node& node, const std::string& why) {
  problems.push_back(name_of(node) + ": " + why + ".");
  for (const std::string_view output : node.outputs) refused_.insert(output);
}

bool Translation::has_input(const Node& node, std::size_t input) const {
  return input < node.inputs.size() && !node.inputs[input].empty();
}

bool Translation::is_constant(const Node& node, std::size_t input) const {
  if (!has_input(node, input)) return false;
  return graph_.constants.count(node.inputs[input]) != 0 || folded_.count(node.inputs[input]) != 0;
}

int Translation::value(const Node& node, std::size_t input) {
  if (!has_input(node, input)) {
    refuse(node, "its input " + std::to_string(input) + " is missing");
    return -1;
  }
  const std::string_view name = node.inputs[input];
  if (const auto found = computed_.find(name); found != computed_.end()) return found->second;
  if (refused_.count(name) != 0) {
    for (const std::string_view output : node.outputs) refused_.insert(output);
  } else if (is_constant(node, input)) {
    refuse(node, "its input " + quoted(name) + " is a constant, where Mica's layer takes what it computes on");
  } else {
    refuse(node, "nothing in the file gives its input " + quoted(name));
  }
  return -1;
}

const Constant* Translation::constant(const Node& node, std::size_t input) {
  if (!has_input(node, input)) {
    refuse(node, "its input " + std::to_string(input) + " is missing");
    return nullptr;
  }
  const std::string_view name = node.inputs[input];
  if (const auto found = folded_.find(name); found != folded_.end()) return &found->second;
  if (const auto found = graph_.constants.find(name); found != graph_.constants.end()) return &found->second;
  if (refused_.count(name) != 0) {
    for (const std::string_view output : node.outputs) refused_.insert(output);
  } else {
    refuse(node, "its input " + std::to_string(input) + ", " + quoted(name) +
                     ", is computed, where Mica's layer takes only numbers that stand in the file");
  }
  return nullptr;
}

const std::vector<std::int64_t>* Translation::integers(const Node& node, std::size_t input) {
  const Constant* const found = constant(node, input);
  if (found == nullptr || found->is_integer) return found == nullptr ? nullptr : &found->integers;
  refuse(node, "its input " + std::to_string(input) + " must be whole numbers");
  return nullptr;
}

bool Translation::is_used(const Node& node, std::size_t output) const {
  return output < node.outputs.size() && !node.outputs[output].empty() && graph_.uses_of(node.outputs[output]) > 0;
}

Operation& Translation::layer(const Node& node, int from, const std::string& description, const Layout& to) {
  Operation operation;
  operation.description = description;
  operation.inputs = {from};
  operation.shape = to.shape;
  operation.origin = name_of(node);
  operation.output = add_value(to, static_cast<int>(operations.size()));
  operations.push_back(std::move(operation));
  return operations.back();
}

int Translation::add_value(const Layout& layout, int producer) {
  values.push_back({layout, producer});
  return last_value();
}

int Translation::relabelled(int value, const Layout& layout) {
  Layout same = layout;
  return add_value(same, values[static_cast<std::size_t>(value)].producer);
}

void Translation::give(const Node& node, std::size_t output, int value) {
  if (output >= node.outputs.size()) return;
  computed_[node.outputs[output]] = value;
  const int producer = values[static_cast<std::size_t>(value)].producer;
  if (producer >= 0 && graph_.uses_of(node.outputs[output]) > 1) {
    operations[static_cast<std::size_t>(producer)].shared = true;
  }
}

void Translation::give_constant(const Node& node, const Constant& constant) {
  if (!node.outputs.empty()) folded_[node.outputs[0]] = constant;
}

bool Translation::affordable(const Node& node, std::int64_t count) {
  constexpr std::int64_t always = 4096;
  if (count <= always + static_cast<std::int64_t>(file_size_ / 4)) return true;
  refuse(node, "it would need " + std::to_string(count) + " numbers that are not in the file");
  return false;
}

std::optional<int> Translation::axis(const Node& node, std::int64_t axis, int rank) {
  if (axis >= -rank && axis < rank) return static_cast<int>(axis < 0 ? axis + rank : axis);
  refuse(node, "it names axis " + std::to_string(axis) + " of a tensor of " + std::to_string(rank) + " axes");
  return {};
}

}  // namespace mica::onnx
