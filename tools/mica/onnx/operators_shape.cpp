// Operators that move no number: they give the axes other names.
#include <algorithm>

#include "operators.hpp"
#include "translation.hpp"

namespace mica::onnx {
namespace {

// A constant under other extents; false where these hold another count.
bool reshape_constant(Translation& translation, const Node& node, const Extents& dims) {
  Constant constant = *translation.constant(node, 0);
  if (!constant.permutation.empty() && constant.dims != dims) {
    // The permutation is that of the extents as they are.
    translation.refuse(node, "a constant that is transposed and then reshaped cannot be taken");
    return false;
  }
  if (product(constant.dims) != product(dims)) {
    translation.refuse(node, "a constant of " + text(constant.dims) + " has no " + text(dims));
    return false;
  }
  constant.dims = dims;
  translation.give_constant(node, constant);
  return true;
}

bool is_sane(const Extents& dims) {
  std::int64_t size = 1;
  return std::all_of(dims.begin(), dims.end(), [&](std::int64_t e) {
    if (e < 1 || e > (std::int64_t{1} << 31)) return false;
    return !__builtin_mul_overflow(size, e, &size);
  });
}

void to_dims(Translation& translation, const Node& node, const Extents& dims) {
  if (!is_sane(dims)) return translation.refuse(node, "its extents would be " + text(dims));
  if (translation.is_constant(node, 0)) {
    reshape_constant(translation, node, dims);
    return;
  }
  const int value = translation.value(node, 0);
  if (value < 0) return;
  Layout to;
  if (!reshape(translation.layout(value), dims, to)) {
    return translation.refuse(node, "it makes " + text(dims) + " of " + text(translation.layout(value).dims()) +
                                        ", which mixes the samples of a batch or cuts an axis unevenly");
  }
  translation.give(node, 0, translation.relabelled(value, to));
}

// The extents of input 0, computed or constant; false where there is none, which is reported.
bool input_dims(Translation& translation, const Node& node, Extents& dims) {
  if (translation.is_constant(node, 0)) {
    dims = translation.constant(node, 0)->dims;
    return true;
  }
  const int value = translation.value(node, 0);
  if (value >= 0) dims = translation.layout(value).dims();
  return value >= 0;
}

// The axes that Squeeze and Unsqueeze name, as an attribute up to opset 12 and as an input from 13 on.
bool read_axes(Translation& translation, const Node& node, Extents& axes) {
  axes = node.integers("axes", {});
  if (!translation.has_input(node, 1)) return true;
  const auto* const list = translation.integers(node, 1);
  if (list != nullptr) axes = *list;
  return list != nullptr;
}

}  // namespace

void translate_same(Translation& translation, const Node& node) {
  if (translation.is_constant(node, 0)) return translation.give_constant(node, *translation.constant(node, 0));
  const int value = translation.value(node, 0);
  if (value >= 0) translation.give(node, 0, value);
}

void translate_reshape(Translation& translation, const Node& node) {
  Extents from;
  if (!input_dims(translation, node, from)) return;
  const auto* const wanted = translation.integers(node, 1);
  if (wanted == nullptr) return;
  Extents dims = *wanted;
  std::int64_t known = 1;
  int unknown = -1;
  for (std::size_t i = 0; i < dims.size(); ++i) {
    if (dims[i] == 0 && node.integer("allowzero", 0) == 0 && i < from.size()) dims[i] = from[i];
    if (dims[i] == -1) {
      if (unknown >= 0) return translation.refuse(node, "it leaves open more than one extent: " + text(dims));
      unknown = static_cast<int>(i);
    } else if (dims[i] < 1 || __builtin_mul_overflow(known, dims[i], &known)) {
      return translation.refuse(node, "its extents would be " + text(dims));
    }
  }
  if (unknown >= 0) dims[static_cast<std::size_t>(unknown)] = product(from) / known;
  to_dims(translation, node, dims);
}

void translate_flatten(Translation& translation, const Node& node) {
  Extents from;
  if (!input_dims(translation, node, from)) return;
  const std::int64_t rank = static_cast<std::int64_t>(from.size());
  std::int64_t axis = node.integer("axis", 1);
  if (axis < -rank || axis > rank) return translation.refuse(node, "it names an axis that its input has not");
  if (axis < 0) axis += rank;
  const auto middle = from.begin() + static_cast<std::ptrdiff_t>(axis);
  const Extents before(from.begin(), middle), behind(middle, from.end());
  to_dims(translation, node, {product(before), product(behind)});
}

void translate_transpose(Translation& translation, const Node& node) {
  Extents from;
  if (!input_dims(translation, node, from)) return;
  Extents order;
  for (std::size_t i = from.size(); i-- > 0;) order.push_back(static_cast<std::int64_t>(i));
  order = node.integers("perm", order);
  Extents sorted = order;
  std::sort(sorted.begin(), sorted.end());
  bool valid = sorted.size() == from.size();
  for (std::size_t i = 0; valid && i < sorted.size(); ++i) valid = sorted[i] == static_cast<std::int64_t>(i);
  if (!valid) return translation.refuse(node, "its perm " + text(order) + " is no order of the axes of " + text(from));
  if (translation.is_constant(node, 0)) {
    Constant constant = *translation.constant(node, 0);
    if (!transpose(constant, order))
      return translation.refuse(node, "a constant that is transposed twice cannot be taken");
    return translation.give_constant(node, constant);
  }
  const int value = translation.value(node, 0);
  Layout to = translation.layout(value);
  for (std::size_t i = 0; i < order.size(); ++i) {
    to.axes[i] = translation.layout(value).axes[static_cast<std::size_t>(order[i])];
  }
  translation.give(node, 0, translation.relabelled(value, to));
}

void translate_squeeze(Translation& translation, const Node& node) {
  Extents from, axes;
  if (!input_dims(translation, node, from) || !read_axes(translation, node, axes)) return;
  std::vector<bool> dropped(from.size());
  for (std::size_t i = 0; i < from.size() && axes.empty(); ++i) dropped[i] = from[i] == 1;
  for (const std::int64_t named : axes) {
    const auto axis = translation.axis(node, named, static_cast<int>(from.size()));
    if (!axis) return;
    if (from[static_cast<std::size_t>(*axis)] != 1)
      return translation.refuse(node, "it drops an axis of more than one number");
    dropped[static_cast<std::size_t>(*axis)] = true;
  }
  Extents dims;
  for (std::size_t i = 0; i < from.size(); ++i) {
    if (!dropped[i]) dims.push_back(from[i]);
  }
  to_dims(translation, node, dims);
}

void translate_unsqueeze(Translation& translation, const Node& node) {
  Extents from, axes;
  if (!input_dims(translation, node, from) || !read_axes(translation, node, axes)) return;
  const std::size_t rank = from.size() + axes.size();
  std::vector<bool> added(rank);
  for (const std::int64_t named : axes) {
    const auto axis = translation.axis(node, named, static_cast<int>(rank));
    if (!axis) return;
    if (added[static_cast<std::size_t>(*axis)]) return translation.refuse(node, "it names an axis twice");
    added[static_cast<std::size_t>(*axis)] = true;
  }
  Extents dims;
  std::size_t next = 0;
  for (std::size_t i = 0; i < rank; ++i) dims.push_back(added[i] ? 1 : from[next++]);
  to_dims(translation, node, dims);
}

}  // namespace mica::onnx
