#include "broadcast.hpp"

#include <algorithm>

namespace mica::onnx {

int axis_along(const Layout& layout, const Extents& dims) {
  constexpr int single = -1, none = -2;
  const std::size_t rank = layout.axes.size();
  if (product(dims) == 1) return dims.size() <= rank ? single : none;
  if (dims.size() > rank) return none;
  const std::size_t fewer = rank - dims.size();
  int along = single;
  for (std::size_t axis = fewer; axis < rank; ++axis) {
    const std::int64_t size = dims[axis - fewer];
    if (size == 1) continue;
    if (along != single || size != extent(layout.axes[axis]) || has_batch(layout.axes[axis])) return none;
    along = static_cast<int>(axis);
  }
  return along;
}

int axis_as_last_extent(Translation& translation, const Node& node, int value, int axis) {
  const Layout layout = translation.layout(value);
  const Axis& runs = layout.axes[static_cast<std::size_t>(axis)];
  const std::int64_t columns = extent(runs);
  if (is_block(runs, 1)) {
    if (layout.shape.back() == columns) return value;
    const std::int64_t rows = layout.sample_size() / columns;
    return translation.arrange_shape(node, value, rows == 1 ? Extents{columns} : Extents{rows, columns});
  }
  std::vector<Group> groups;
  for (int i = 0; i < layout.rank(); ++i) {
    if (i != axis && !only_batch(layout.axes[static_cast<std::size_t>(i)])) groups.push_back({{i}});
  }
  groups.push_back({{axis}});
  return translation.arrange(node, value, groups);
}

}  // namespace mica::onnx
