// Operators that take a part of a value, and those that work out shapes.
#include <algorithm>

#include "broadcast.hpp"
#include "operators.hpp"

namespace mica::onnx {
namespace {

bool is_last_step(const Translation& translation, const Layout& layout, int value, std::size_t axis,
                  std::int64_t index) {
  const int producer = translation.values[static_cast<std::size_t>(value)].producer;
  if (producer < 0) return false;
  const Operation& operation = translation.operations[static_cast<std::size_t>(producer)];
  const std::int64_t time = operation.shape[0], units = operation.shape.back();
  return operation.role == Operation::Role::sequence && is_run(layout.axes[axis], units) &&
         extent(layout.axes[axis]) == time && index == time - 1;
}

// `count` numbers of one axis from `first` on; a layer, unless it is all of them.
int select(Translation& translation, const Node& node, int value, std::size_t axis, std::int64_t first,
           std::int64_t count) {
  const Layout layout = translation.layout(value);
  if (has_batch(layout.axes[axis])) {
    translation.refuse(node, "it would take some samples of a batch");
    return -1;
  }
  if (extent(layout.axes[axis]) == count) return value;
  if (count == 1 && is_last_step(translation, layout, value, axis, first)) {
    Layout to = layout;
    to.axes[axis].clear();
    to.shape = {layout.shape.back()};
    translation.layer(node, value, "", to).role = Operation::Role::last_step;
    return translation.last_value();
  }
  value = axis_as_last_extent(translation, node, value, static_cast<int>(axis));
  if (value < 0) return -1;
  Layout to = translation.layout(value);
  const std::int64_t channels = extent(to.axes[axis]);
  if (!is_run(to.axes[axis], 1) || to.shape.back() != channels) {
    translation.refuse(node, "the axis that it takes a part of lies in memory in another order");
    return -1;
  }
  for (std::size_t i = 0; i < to.axes.size(); ++i) {
    for (Run& run : to.axes[i]) {
      if (i != axis && run.stride != batch_stride) run.stride = run.stride / channels * count;
    }
  }
  to.axes[axis] = count == 1 ? Axis{} : Axis{{count, 1}};
  to.shape.back() = count;
  translation.layer(node, value, "SelectChannels<" + std::to_string(first) + ", " + std::to_string(count) + ">", to);
  return translation.last_value();
}

void drop_axis(Translation& translation, const Node& node, int value, std::size_t axis) {
  if (value < 0) return;
  Layout to = translation.layout(value);
  to.axes.erase(to.axes.begin() + static_cast<std::ptrdiff_t>(axis));
  translation.give(node, 0, translation.relabelled(value, to));
}

// Of attributes up to opset 9, of inputs from 10 on.
bool read_slice(Translation& translation, const Node& node, Extents lists[4]) {
  const char* const names[4] = {"starts", "ends", "axes", "steps"};
  for (std::size_t i = 0; i < 4; ++i) {
    lists[i] = node.integers(names[i], {});
    if (!translation.has_input(node, i + 1)) continue;
    const auto* const list = translation.integers(node, i + 1);
    if (list == nullptr) return false;
    lists[i] = *list;
  }
  const std::size_t count = lists[0].size();
  for (std::size_t i = 0; i < count && lists[2].size() < count; ++i) lists[2].push_back(static_cast<std::int64_t>(i));
  if (lists[3].empty()) lists[3].assign(count, 1);
  const Extents ones(count, 1);
  if (lists[1].size() == count && lists[2].size() == count && lists[3] == ones) return true;
  translation.refuse(node, "its starts, ends, axes and steps do not go together, or a step is not 1");
  return false;
}

void limit(std::int64_t& start, std::int64_t& end, std::int64_t size) {
  const auto inside = [&](std::int64_t place) {
    return std::clamp<std::int64_t>(place < 0 && place >= -size ? place + size : place, 0, size);
  };
  start = inside(start);
  end = inside(end);
}

}  // namespace

void translate_gather(Translation& translation, const Node& node) {
  const auto* const indices = translation.integers(node, 1);
  if (indices == nullptr) return;
  const Constant& at = *translation.constant(node, 1);
  if (translation.is_constant(node, 0)) {
    const auto* const list = translation.integers(node, 0);
    if (list == nullptr) return;
    Constant found = at;
    for (std::int64_t& index : found.integers) {
      const std::int64_t size = static_cast<std::int64_t>(list->size());
      if (index < -size || index >= size) return translation.refuse(node, "its index is outside of the list");
      index = (*list)[static_cast<std::size_t>(index < 0 ? index + size : index)];
    }
    return translation.give_constant(node, found);
  }
  const int value = translation.value(node, 0);
  if (value < 0) return;
  const Extents dims = translation.layout(value).dims();
  const auto axis = translation.axis(node, node.integer("axis", 0), static_cast<int>(dims.size()));
  if (!axis) return;
  const auto place = static_cast<std::size_t>(*axis);
  const std::int64_t size = dims[place];
  if (!at.dims.empty() || indices->size() != 1 || (*indices)[0] < -size || (*indices)[0] >= size) {
    return translation.refuse(node, "Mica takes one place of an axis, which must exist, or neighbours (Slice)");
  }
  const std::int64_t index = (*indices)[0] < 0 ? (*indices)[0] + size : (*indices)[0];
  drop_axis(translation, node, select(translation, node, value, place, index, 1), place);
}

void translate_slice(Translation& translation, const Node& node) {
  Extents lists[4];
  if (!read_slice(translation, node, lists)) return;
  if (translation.is_constant(node, 0)) {
    const auto* const numbers = translation.integers(node, 0);
    if (numbers == nullptr) return;
    if (lists[0].size() != 1) return translation.refuse(node, "its list has one axis");
    limit(lists[0][0], lists[1][0], static_cast<std::int64_t>(numbers->size()));
    const auto first = static_cast<std::ptrdiff_t>(lists[0][0]);
    const auto end = static_cast<std::ptrdiff_t>(std::max(lists[0][0], lists[1][0]));
    return translation.give_constant(node, of_integers({numbers->begin() + first, numbers->begin() + end}));
  }
  int value = translation.value(node, 0);
  if (value < 0) return;
  for (std::size_t i = 0; i < lists[0].size(); ++i) {
    const Extents dims = translation.layout(value).dims();
    const auto axis = translation.axis(node, lists[2][i], static_cast<int>(dims.size()));
    if (!axis) return;
    const auto place = static_cast<std::size_t>(*axis);
    limit(lists[0][i], lists[1][i], dims[place]);
    const std::int64_t count = lists[1][i] - lists[0][i];
    if (count < 1) return translation.refuse(node, "it leaves nothing of axis " + std::to_string(place));
    if (count == dims[place]) continue;
    value = select(translation, node, value, place, lists[0][i], count);
    if (value < 0) return;
  }
  translation.give(node, 0, value);
}

void translate_shape(Translation& translation, const Node& node) {
  Extents dims;
  if (translation.is_constant(node, 0)) {
    dims = translation.constant(node, 0)->dims;
  } else {
    const int value = translation.value(node, 0);
    if (value < 0) return;
    dims = translation.layout(value).dims();
  }
  std::int64_t start = node.integer("start", 0), end = node.integer("end", static_cast<std::int64_t>(dims.size()));
  limit(start, end, static_cast<std::int64_t>(dims.size()));
  translation.give_constant(node, of_integers({dims.begin() + static_cast<std::ptrdiff_t>(start),
                                               dims.begin() + static_cast<std::ptrdiff_t>(std::max(start, end))}));
}

void translate_constant_of_shape(Translation& translation, const Node& node) {
  const auto* const dims = translation.integers(node, 0);
  if (dims == nullptr) return;
  Constant constant;
  constant.dims = *dims;
  constant.uniform = 0.0f;
  if (const Attribute* const value = node.find("value"); value != nullptr && value->has_tensor) {
    std::string failure;
    if (!make_constant(value->tensor, constant, nullptr, failure)) {
      return translation.refuse(node, failure.substr(0, failure.size() - 1));
    }
    if (constant.is_integer) {
      std::size_t count = 0;
      if (constant.integers.size() != 1) return translation.refuse(node, "its value is not one number");
      count = static_cast<std::size_t>(std::clamp<std::int64_t>(dims->size() == 1 ? (*dims)[0] : 1025, 0, 1025));
      if (count > 1024) return translation.refuse(node, "its list of whole numbers is too long");
      return translation.give_constant(node, of_integers(Extents(count, constant.integers[0])));
    }
    constant.uniform = single_float(constant);
    if (!constant.uniform) return translation.refuse(node, "its value is not one number");
    constant.dims = *dims;
  }
  std::int64_t size = 1;
  for (const std::int64_t e : constant.dims) {
    if (e < 0 || __builtin_mul_overflow(size, e, &size)) return translation.refuse(node, "its extents are none");
  }
  translation.give_constant(node, constant);
}

void translate_expand(Translation& translation, const Node& node) {
  const auto* const dims = translation.integers(node, 1);
  if (dims == nullptr) return;
  if (translation.is_constant(node, 0)) {
    Constant constant = *translation.constant(node, 0);
    constant.uniform = single_float(constant);
    std::int64_t size = 1;
    for (const std::int64_t e : *dims) {
      if (e < 1 || __builtin_mul_overflow(size, e, &size)) return translation.refuse(node, "its extents are none");
    }
    if (!constant.uniform && product(constant.dims) != size) {
      return translation.refuse(node, "Mica's layers repeat only a single number");
    }
    constant.dims = *dims;
    return translation.give_constant(node, constant);
  }
  const int value = translation.value(node, 0);
  if (value < 0) return;
  if (translation.layout(value).dims() != *dims)
    return translation.refuse(node, "Mica has no layer that repeats values");
  translation.give(node, 0, value);
}

void translate_cast(Translation& translation, const Node& node) {
  if (!translation.is_constant(node, 0) && node.integer("to", 0) != TensorView::float32) {
    return translation.refuse(
        node, "Mica computes in float32 (type 1), and it asks for type " + std::to_string(node.integer("to", 0)));
  }
  translate_same(translation, node);
}

}  // namespace mica::onnx
