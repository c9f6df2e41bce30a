#include "import.hpp"

#include <algorithm>
#include <optional>

#include "emit.hpp"
#include "fuse.hpp"
#include "read_model.hpp"

namespace mica::onnx {
namespace {

std::string check_graph(const Graph& graph) {
  if (graph.opset < oldest_opset || graph.opset > newest_opset) {
    return "The model is written in opset " + std::to_string(graph.opset) + ", and opsets " +
           std::to_string(oldest_opset) + " to " + std::to_string(newest_opset) + " can be read.";
  }
  if (graph.inputs.size() != 1 || graph.outputs.size() != 1) {
    return "The graph has " + std::to_string(graph.inputs.size()) + " inputs and " +
           std::to_string(graph.outputs.size()) + " outputs, and a network of Mica has one of each.";
  }
  const ValueInfo& input = graph.inputs[0];
  if (input.type != TensorView::float32) {
    return "The input " + quoted(input.name) + " has numbers of type " + std::to_string(input.type) +
           ", and Mica computes in float32 (type 1).";
  }
  return input.has_shape && !input.dims.empty() && input.dims.size() <= 8
             ? ""
             : "The input " + quoted(input.name) + " has no shape of one to eight extents.";
}

// The extents of the input with the batch's in place; which axis the batch must be, if the file tells.
bool read_input(const ValueInfo& input, Extents& dims, std::optional<int>& batch, std::string& failure) {
  dims = input.dims;
  for (std::size_t i = 0; i < dims.size(); ++i) {
    if (dims[i] > 0) continue;
    if (batch) {
      failure = "The input " + quoted(input.name) + " leaves open its axes " + std::to_string(*batch) + " and " +
                std::to_string(i) + ", and only the batch can be open: Mica's shapes are fixed.";
      return false;
    }
    batch = static_cast<int>(i);
    dims[i] = any_batch;
  }
  std::size_t count = 0;
  Extents sample = dims;
  if (batch) sample[static_cast<std::size_t>(*batch)] = 1;
  if (count_elements(sample, count)) return true;
  failure = "The input " + quoted(input.name) + " would have " + text(dims) + " numbers, which is too many.";
  return false;
}

// In which order the axes of a sample may lie in memory, the likeliest first: an image has its channels last, anything
// else lies as it is. An axis that is not in an order is the batch.
std::vector<std::vector<int>> orders(int rank, std::optional<int> batch) {
  std::vector<std::vector<int>> all;
  const auto add = [&](const std::vector<int>& order) {
    if (std::find(all.begin(), all.end(), order) == all.end()) all.push_back(order);
  };
  const auto add_all = [&](int without) {
    std::vector<int> order;
    for (int axis = 0; axis < rank; ++axis) {
      if (axis != without) order.push_back(axis);
    }
    if (rank == 4 && without == 0) add({2, 3, 1});
    add(order);
    if (order.size() > 4) return;
    while (std::next_permutation(order.begin(), order.end())) add(order);
  };
  if (rank >= 2 || batch) {
    add_all(batch.value_or(0));
    if (!batch && rank == 3) add_all(1);
  }
  if (!batch) add_all(-1);
  return all;
}

// What the header says on top.
std::string comment_of(const ValueInfo& value, const Layout& layout, const char* what) {
  std::string words = "// " + std::string(what) + " " + quoted(value.name) + ": each sample is " + text(layout.shape);
  std::vector<std::pair<std::int64_t, std::size_t>> strides;
  for (std::size_t axis = 0; axis < layout.axes.size(); ++axis) {
    const Axis runs = merged(layout.axes[axis]);
    if (runs.size() > 1) return words + ", in an order of its own.\n";
    if (runs.size() == 1 && runs[0].stride != batch_stride) strides.push_back({runs[0].stride, axis});
  }
  std::sort(strides.rbegin(), strides.rend());
  if (strides.size() < 2) return words + ".\n";
  words += ", the axes";
  for (std::size_t i = 0; i < strides.size(); ++i) {
    words += (i == 0 ? " " : i + 1 == strides.size() ? " and " : ", ") + std::to_string(strides[i].second);
  }
  return words + " of the file's " + std::to_string(layout.axes.size()) + " (counted from 0) in this order.\n";
}

}  // namespace

bool import_model(Bytes file, Network& network, std::vector<std::string>& problems) {
  Model model;
  std::string failure;
  if (!read_model(file, model, failure)) {
    problems.push_back(failure);
    return false;
  }
  Graph graph;
  make_graph(model, graph, problems);
  Extents dims;
  std::optional<int> batch;
  if (failure = check_graph(graph); !failure.empty()) problems.push_back(failure);
  if (problems.empty() && !read_input(graph.inputs[0], dims, batch, failure)) problems.push_back(failure);
  if (!problems.empty()) return false;
  fuse(graph);

  bool first = true;
  for (const std::vector<int>& order : orders(static_cast<int>(dims.size()), batch)) {
    const Layout layout = ordered_layout(dims, order);
    Translation translation(graph, file.size, layout);
    translation.run();
    Chain chain;
    Network candidate;
    if (translation.problems.empty() && nest(translation, chain)) {
      simplify(translation, chain, layout.shape);
      if (emit(translation, chain, layout.shape, candidate, translation.problems)) {
        candidate.input = layout;
        candidate.output = translation.layout(translation.result);
        candidate.comment = comment_of(graph.inputs[0], candidate.input, "Input") +
                            comment_of(graph.outputs[0], candidate.output, "Output");
        network = std::move(candidate);
        problems.clear();
        return true;
      }
    }
    // Of all ways to read the input the one with the fewest problems is told.
    if (first || translation.problems.size() < problems.size()) problems = translation.problems;
    first = false;
  }
  return false;
}

}  // namespace mica::onnx
