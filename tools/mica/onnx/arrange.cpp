// How a value comes into the order and the shape that a layer of Mica wants.
#include <algorithm>

#include "translation.hpp"

namespace mica::onnx {
namespace {

Axis axis_of(const Layout& layout, const Group& group) {
  Axis runs;
  for (const int axis : group.axes) {
    const Axis& more = layout.axes[static_cast<std::size_t>(axis)];
    runs.insert(runs.end(), more.begin(), more.end());
  }
  return runs;
}

bool lies_so(const Layout& layout, const std::vector<Group>& groups) {
  std::int64_t stride = 1;
  for (auto group = groups.rbegin(); group != groups.rend(); ++group) {
    const Axis axis = axis_of(layout, *group);
    if (group->any_order ? !is_block(axis, stride) : !is_run(axis, stride)) return false;
    stride *= extent(axis);
  }
  return true;
}

}  // namespace

int Translation::arrange(const Node& node, int value, const std::vector<Group>& groups) {
  Extents shape;
  std::int64_t size = 1;
  for (const Group& group : groups) {
    const Axis axis = axis_of(layout(value), group);
    if (has_batch(axis)) {
      refuse(node, "it would mix the samples of a batch");
      return -1;
    }
    shape.push_back(extent(axis));
    size *= shape.back();
  }
  if (size != layout(value).sample_size()) {
    refuse(node, "its input " + text(layout(value).dims()) + " has other axes than Mica's layer");
    return -1;
  }
  if (!lies_so(layout(value), groups)) value = permuted(node, value, groups);
  return value < 0 ? -1 : arrange_shape(node, value, shape);
}

int Translation::arrange_shape(const Node& node, int value, const Extents& shape) {
  if (layout(value).shape == shape) return value;
  Layout to = layout(value);
  to.shape = shape;
  std::string description = "Flatten";
  if (shape.size() > 1) {
    description = "Reshape<";
    for (const std::int64_t e : shape) description += (description.back() == '<' ? "" : ", ") + std::to_string(e);
    description += ">";
  }
  layer(node, value, description, to).role = Operation::Role::relabel;
  return last_value();
}

// Behind an operation that moves the numbers to where they are wanted. The chain is searched for a layer that can give
// them in this order in the first place: see nest.cpp.
int Translation::permuted(const Node& node, int value, const std::vector<Group>& groups) {
  const Layout from = layout(value);
  if (!affordable(node, from.sample_size())) return -1;
  // The runs in the wanted order, with the strides that they will have.
  Layout to = from;
  std::int64_t stride = 1;
  for (auto group = groups.rbegin(); group != groups.rend(); ++group) {
    for (auto axis = group->axes.rbegin(); axis != group->axes.rend(); ++axis) {
      Axis& runs = to.axes[static_cast<std::size_t>(*axis)];
      for (auto run = runs.rbegin(); run != runs.rend(); ++run) {
        run->stride = stride;
        stride *= run->size;
      }
    }
  }
  Axis old_runs, new_runs;
  for (std::size_t i = 0; i < from.axes.size(); ++i) {
    for (std::size_t j = 0; j < from.axes[i].size(); ++j) {
      if (from.axes[i][j].stride == batch_stride) continue;
      old_runs.push_back(from.axes[i][j]);
      new_runs.push_back(to.axes[i][j]);
    }
  }
  const std::vector<std::int32_t> old_places = offsets(old_runs), new_places = offsets(new_runs);
  std::vector<std::int32_t> order(old_places.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[static_cast<std::size_t>(old_places[i])] = new_places[i];

  Operation& operation = layer(node, value, "", to);
  operation.role = Operation::Role::permute;
  operation.order = std::move(order);
  return last_value();
}

}  // namespace mica::onnx
