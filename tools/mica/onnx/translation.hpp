// Translation: the graph's nodes, one by one, as operations of Mica, for one way in which the input may lie in memory.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "graph.hpp"
#include "operation.hpp"

namespace mica::onnx {

// One of the file's tensors that is computed: where its numbers lie, and the operation that gives it (-1: the input).
struct Value {
  Layout layout;
  int producer = -1;
};

// Axes of the file that are to be one extent in Mica, in the file's order, or in any.
struct Group {
  std::vector<int> axes;
  bool any_order = false;
};

class Translation {
 public:
  // `input`: the layout of the graph's input.
  Translation(const Graph& graph, std::size_t file_size, const Layout& input);
  void run();

  // One sentence for each node that cannot be taken.
  std::vector<std::string> problems;
  std::vector<Operation> operations;
  std::vector<Value> values;
  int result = -1;  // the network's output

  // For the operators. The functions that return a null pointer or -1 have reported a problem, or a node before this one
  // has been reported.
  void refuse(const Node& node, const std::string& why);
  std::int64_t opset() const { return graph_.opset; }
  const Graph& graph() const { return graph_; }

  bool has_input(const Node& node, std::size_t input) const;
  bool is_constant(const Node& node, std::size_t input) const;
  int value(const Node& node, std::size_t input);
  const Constant* constant(const Node& node, std::size_t input);
  // A short list of whole numbers.
  const std::vector<std::int64_t>* integers(const Node& node, std::size_t input);
  // Whether another node reads this output, or it is the graph's.
  bool is_used(const Node& node, std::size_t output) const;

  const Layout& layout(int value) const { return values[static_cast<std::size_t>(value)].layout; }
  // The value with its axes grouped into Mica's extents; what that takes is added to the operations.
  int arrange(const Node& node, int value, const std::vector<Group>& groups);
  int arrange_shape(const Node& node, int value, const Extents& shape);
  // A layer behind a value. The reference is good until the next operation.
  Operation& layer(const Node& node, int from, const std::string& description, const Layout& to);
  int last_value() const { return static_cast<int>(values.size()) - 1; }
  // The same numbers with other axes.
  int relabelled(int value, const Layout& layout);
  void give(const Node& node, std::size_t output, int value);
  void give_constant(const Node& node, const Constant& constant);
  // Whether that many numbers may be made that are not in the file.
  bool affordable(const Node& node, std::int64_t count);

  // An axis of the node counted from 0, for a tensor of so many axes; nothing if there is none, which is reported.
  std::optional<int> axis(const Node& node, std::int64_t axis, int rank);

 private:
  int add_value(const Layout& layout, int producer);
  int permuted(const Node& node, int value, const std::vector<Group>& groups);
  void finish();

  const Graph& graph_;
  std::size_t file_size_;
  std::map<std::string_view, int> computed_;
  std::map<std::string_view, Constant> folded_;
  std::set<std::string_view> refused_;
};

// The function that translates an operator; null if there is none.
using Translate = void (*)(Translation& translation, const Node& node);
Translate operator_named(std::string_view name);

}  // namespace mica::onnx
