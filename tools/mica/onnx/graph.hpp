// Graph: a model's nodes and constants by name, made ready for the translation. Nodes that together are one of Mica's
// layers are put together: see fuse.hpp.
#pragma once

#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "constant.hpp"
#include "model.hpp"

namespace mica::onnx {

struct GraphNode : Node {
  bool removed = false;  // it is part of another one
};

struct Graph {
  std::deque<GraphNode> nodes;
  std::map<std::string_view, Constant> constants;
  std::map<std::string_view, std::size_t> producers;        // which node gives a value
  std::map<std::string_view, int> uses;                     // how often it is read; a graph's output is a use
  std::vector<ValueInfo> inputs, outputs;                   // the inputs without the initializers
  std::map<std::string_view, std::string_view> statistics;  // the metadata that Mica writes of a BatchNorm
  std::int64_t opset = 0;

  // The node that gives a value and whose operator this is; null if there is none.
  const GraphNode* producer(std::string_view value, std::string_view operation) const;
  int uses_of(std::string_view value) const;
  // The one number behind a value, if it is a constant of one number.
  std::optional<float> number(std::string_view value) const;
};

// Appends to `problems` what is wrong with the graph as such.
void make_graph(const Model& model, Graph& graph, std::vector<std::string>& problems);

// "Node "conv1" (Conv)".
std::string name_of(const Node& node);

}  // namespace mica::onnx
