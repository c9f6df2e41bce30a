#include "fuse.hpp"

#include <algorithm>
#include <cmath>

namespace mica::onnx {
namespace {

class Fusion {
 public:
  explicit Fusion(Graph& graph) : graph_(graph) {
    for (GraphNode& node : graph.nodes) {
      for (const std::string_view input : node.inputs) readers_[input] = &node;
    }
  }

  void run() {
    for (GraphNode& node : graph_.nodes) {
      if (node.removed) continue;
      if (node.operation == "Mul") gated(node);
      if (node.operation == "Erf") gelu(node);
      if (node.operation == "Sqrt") layer_norm(node);
    }
  }

 private:
  GraphNode* giver(std::string_view value, std::string_view operation) {
    return const_cast<GraphNode*>(graph_.producer(value, operation));
  }
  // The only node that reads the node's output, if its operator is this one.
  GraphNode* reader(const GraphNode& node, std::string_view operation) {
    if (node.outputs.empty() || graph_.uses_of(node.outputs[0]) != 1) return nullptr;
    const auto found = readers_.find(node.outputs[0]);
    return found != readers_.end() && found->second->operation == operation ? found->second : nullptr;
  }
  // The other input of a node of two.
  static std::string_view other(const GraphNode& node, std::string_view input) {
    return node.inputs.size() != 2 ? "" : node.inputs[0] == input ? node.inputs[1] : node.inputs[0];
  }
  bool is_number(std::string_view value, double number) const {
    const auto found = graph_.number(value);
    return found && std::fabs(static_cast<double>(*found) - number) <= 1e-6 * std::fabs(number);
  }
  bool used_once(const GraphNode& node) const { return graph_.uses_of(node.outputs[0]) == 1; }
  void become(GraphNode& node, std::string_view operation, std::vector<std::string_view> inputs) {
    node.operation = operation;
    node.inputs = std::move(inputs);
    node.attributes.clear();
  }

  // x f(x): SiLU with a sigmoid, HardSwish with a hard one, Mish with tanh(log(1 + exp(x))).
  void gated(GraphNode& node) {
    for (std::size_t i = 0; node.inputs.size() == 2 && i < 2; ++i) {
      const std::string_view x = node.inputs[i], gate = node.inputs[1 - i];
      if (GraphNode* const sigmoid = giver(gate, "Sigmoid"); sigmoid != nullptr && is_of(*sigmoid, x)) {
        sigmoid->removed = true;
        return become(node, "SiLU", {x});
      }
      GraphNode* const hard = giver(gate, "HardSigmoid");
      if (hard != nullptr && is_of(*hard, x) && std::fabs(hard->number("alpha", 0.2f) - 1.0f / 6) < 1e-6f &&
          hard->number("beta", 0.5f) == 0.5f) {
        hard->removed = true;
        return become(node, "HardSwish", {x});
      }
      GraphNode* const tanh = giver(gate, "Tanh");
      GraphNode* const softplus =
          tanh == nullptr || tanh->inputs.empty() ? nullptr : giver(tanh->inputs[0], "Softplus");
      if (softplus != nullptr && used_once(*tanh) && is_of(*softplus, x)) {
        tanh->removed = softplus->removed = true;
        return become(node, "Mish", {x});
      }
    }
  }
  bool is_of(const GraphNode& node, std::string_view x) const {
    return used_once(node) && node.inputs == std::vector{x};
  }

  // x (1 + erf(x / sqrt 2)) / 2, the two factors of x in any order.
  void gelu(GraphNode& erf) {
    if (erf.inputs.empty()) return;
    GraphNode* scaled = giver(erf.inputs[0], "Div");
    const bool divides =
        scaled != nullptr && scaled->inputs.size() == 2 && is_number(scaled->inputs[1], std::sqrt(2.0));
    if (!divides) scaled = giver(erf.inputs[0], "Mul");
    GraphNode* const plus = reader(erf, "Add");
    GraphNode* const first = plus == nullptr ? nullptr : reader(*plus, "Mul");
    if (scaled == nullptr || first == nullptr || !used_once(*scaled) || !is_number(other(*plus, erf.outputs[0]), 1))
      return;
    if (scaled->inputs.size() != 2) return;
    const std::string_view x = is_number(scaled->inputs[0], std::sqrt(0.5)) ? scaled->inputs[1] : scaled->inputs[0];
    if (!divides && !is_number(other(*scaled, x), std::sqrt(0.5))) return;
    const std::string_view factor = other(*first, plus->outputs[0]);
    if (factor == x) {
      GraphNode* const half = reader(*first, "Mul");
      if (half == nullptr || !is_number(other(*half, first->outputs[0]), 0.5)) return;
      remove({&erf, scaled, plus, first});
      return become(*half, "Gelu", {x});
    }
    GraphNode* const half = giver(factor, "Mul");
    if (half == nullptr || !used_once(*half) || !is_number(other(*half, x), 0.5)) return;
    remove({&erf, scaled, plus, half});
    become(*first, "Gelu", {x});
  }

  // (x - m) / sqrt(mean of (x - m)^2 + epsilon), then perhaps a factor and a sum, m the mean of the same axes.
  void layer_norm(GraphNode& root) {
    GraphNode* const plus = root.inputs.empty() ? nullptr : giver(root.inputs[0], "Add");
    if (plus == nullptr || plus->inputs.size() != 2 || !used_once(*plus)) return;
    GraphNode* variance = giver(plus->inputs[0], "ReduceMean");
    const auto epsilon = graph_.number(plus->inputs[1]);
    GraphNode* const quotient = reader(root, "Div");
    if (variance == nullptr || !epsilon || quotient == nullptr || !used_once(*variance)) return;
    GraphNode* const square = giver(variance->inputs[0], "Pow");
    if (square == nullptr || square->inputs.size() != 2 || !is_number(square->inputs[1], 2) || !used_once(*square))
      return;
    const std::string_view difference = square->inputs[0];
    GraphNode* const minus = giver(difference, "Sub");
    if (minus == nullptr || quotient->inputs != std::vector{difference, root.outputs[0]} ||
        graph_.uses_of(difference) != 2) {
      return;
    }
    GraphNode* const mean = giver(minus->inputs[1], "ReduceMean");
    if (mean == nullptr || mean->inputs[0] != minus->inputs[0] || !used_once(*mean)) return;
    const auto axes = last_axes(*mean);
    if (axes >= 0 || axes != last_axes(*variance)) return;
    const std::string_view x = mean->inputs[0];
    remove({&root, plus, variance, square, minus, mean});
    GraphNode* last = quotient;
    std::vector<std::string_view> inputs = {x};
    for (const char* const operation : {"Mul", "Add"}) {
      GraphNode* const next = reader(*last, operation);
      const std::string_view constant = next == nullptr ? "" : other(*next, last->outputs[0]);
      if (constant.empty() || graph_.constants.count(constant) == 0) break;
      last->removed = true;
      last = next;
      inputs.push_back(constant);
    }
    become(*last, "LayerNormalization", inputs);
    Attribute axis, added;
    axis.name = "axis";
    axis.integer = axes;
    added.name = "epsilon";
    added.number = *epsilon;
    last->attributes = {axis, added};
  }
  // -n where the mean is over the last n axes, 0 where it is not.
  std::int64_t last_axes(const GraphNode& mean) const {
    std::vector<std::int64_t> axes = mean.integers("axes", {});
    if (mean.inputs.size() > 1) {
      const auto found = graph_.constants.find(mean.inputs[1]);
      if (found != graph_.constants.end()) axes = found->second.integers;
    }
    std::sort(axes.begin(), axes.end());
    for (std::size_t i = 0; i < axes.size(); ++i) {
      if (axes[i] != static_cast<std::int64_t>(i) - static_cast<std::int64_t>(axes.size())) return 0;
    }
    return mean.integer("keepdims", 1) == 1 ? -static_cast<std::int64_t>(axes.size()) : 0;
  }

  static void remove(std::initializer_list<GraphNode*> nodes) {
    for (GraphNode* const node : nodes) node->removed = true;
  }

  Graph& graph_;
  std::map<std::string_view, GraphNode*> readers_;
};

}  // namespace

void fuse(Graph& graph) { Fusion(graph).run(); }

}  // namespace mica::onnx
