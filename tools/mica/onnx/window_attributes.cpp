#include "window_attributes.hpp"

#include <algorithm>

namespace mica::onnx {
namespace {

// Sizes from which all sums and products below stay far away from overflow.
constexpr std::int64_t largest = 65535;

bool in_range(const Extents& numbers, std::int64_t least, std::size_t count) {
  return numbers.size() == count &&
         std::all_of(numbers.begin(), numbers.end(), [&](std::int64_t n) { return n >= least && n <= largest; });
}

// As much padding as gives ceil(size / stride) outputs; the odd one behind (SAME_UPPER) or in front.
void pad_to_same(WindowAttributes& window, bool upper) {
  for (std::size_t i = 0; i < window.axes(); ++i) {
    const std::int64_t outputs = (window.size[i] + window.stride[i] - 1) / window.stride[i];
    const std::int64_t total = (outputs - 1) * window.stride[i] + window.reach(i) - window.size[i];
    const std::int64_t padding = std::max<std::int64_t>(total, 0);
    window.before[i] = upper ? padding / 2 : padding - padding / 2;
    window.after[i] = padding - window.before[i];
  }
}

bool is_same_padding(const WindowAttributes& window) {
  WindowAttributes same = window;
  pad_to_same(same, true);
  return same.before == window.before && same.after == window.after;
}

}  // namespace

std::string size_text(const Extents& sizes, std::int64_t row, bool as_row) {
  if (sizes.size() == 1 && !as_row) return std::to_string(sizes[0]);
  const std::int64_t height = sizes.size() == 1 ? row : sizes[0], width = sizes.back();
  if (height == width) return std::to_string(width);
  return "rectangle(" + std::to_string(height) + ", " + std::to_string(width) + ")";
}

bool WindowAttributes::padded() const {
  const auto is_zero = [](std::int64_t n) { return n == 0; };
  return !std::all_of(before.begin(), before.end(), is_zero) || !std::all_of(after.begin(), after.end(), is_zero);
}
std::string WindowAttributes::kernel_text(bool as_row) const { return size_text(kernel, 1, as_row); }
std::string WindowAttributes::stride_text(bool as_row) const { return size_text(stride, 1, as_row); }
std::string WindowAttributes::dilation_text(bool as_row) const { return size_text(dilation, 1, as_row); }

std::string WindowAttributes::padding_text(bool as_row) const {
  if (!padded()) return "Valid";
  if (is_same_padding(*this)) return "Same";
  const auto pair = [&](std::size_t i) { return std::to_string(before[i]) + ", " + std::to_string(after[i]); };
  // Of a sequence Mica writes in front of the first element what it writes above an image.
  if (axes() == 1 && !as_row) {
    return "Pad<" + pair(0) + ", " + std::to_string(before[0]) + ", " + std::to_string(before[0]) + ">";
  }
  return "Pad<" + (axes() == 1 ? "0, 0" : pair(0)) + ", " + pair(axes() - 1) + ">";
}

std::optional<WindowAttributes> read_window(Translation& translation, const Node& node, const Extents& dims,
                                            const Extents& kernel) {
  const std::size_t axes = dims.size() < 2 ? 0 : dims.size() - 2;
  if (axes != 1 && axes != 2) {
    translation.refuse(node, "its input has " + std::to_string(dims.size()) +
                                 " axes, and Mica's kernels move over sequences (3 axes) and images (4 axes)");
    return {};
  }
  WindowAttributes window;
  window.size.assign(dims.begin() + 2, dims.end());
  window.kernel = kernel;
  window.stride = node.integers("strides", Extents(axes, 1));
  window.dilation = node.integers("dilations", Extents(axes, 1));
  const Extents pads = node.integers("pads", Extents(2 * axes, 0));
  if (!in_range(window.size, 1, axes) || !in_range(kernel, 1, axes) || !in_range(window.stride, 1, axes) ||
      !in_range(window.dilation, 1, axes) || !in_range(pads, 0, 2 * axes)) {
    translation.refuse(node, "kernel " + text(kernel) + ", strides " + text(window.stride) + ", dilations " +
                                 text(window.dilation) + " and pads " + text(pads) + " do not go with an input of " +
                                 text(dims));
    return {};
  }
  window.before.assign(pads.begin(), pads.begin() + static_cast<std::ptrdiff_t>(axes));
  window.after.assign(pads.begin() + static_cast<std::ptrdiff_t>(axes), pads.end());
  const std::string_view automatic = node.text("auto_pad", "NOTSET");
  if (automatic == "SAME_UPPER" || automatic == "SAME_LOWER") {
    pad_to_same(window, automatic == "SAME_UPPER");
  } else if (automatic == "VALID") {
    window.before = window.after = Extents(axes, 0);
  } else if (automatic != "NOTSET") {
    translation.refuse(node, "its auto_pad " + quoted(automatic) + " is none of ONNX's");
    return {};
  }
  for (std::size_t i = 0; i < axes; ++i) {
    const std::int64_t room = window.size[i] + window.before[i] + window.after[i] - window.reach(i);
    if (room < 0) {
      translation.refuse(node, "its kernel " + text(kernel) + " is larger than its padded input " + text(dims));
      return {};
    }
    window.out.push_back(room / window.stride[i] + 1);
  }
  return window;
}

int arrange_channels_last(Translation& translation, const Node& node, int value) {
  const Layout& layout = translation.layout(value);
  if (!only_batch(layout.axes[0])) {
    translation.refuse(node, "its first axis is not the batch alone");
    return -1;
  }
  std::vector<Group> groups;
  for (int axis = 2; axis < layout.rank(); ++axis) groups.push_back({{axis}});
  groups.push_back({{1}});
  return translation.arrange(node, value, groups);
}

Layout channels_last(const Layout& like, const Extents& size, std::int64_t channels) {
  Extents dims = {1, channels};
  dims.insert(dims.end(), size.begin(), size.end());
  std::vector<int> order;
  for (std::size_t i = 2; i < dims.size(); ++i) order.push_back(static_cast<int>(i));
  order.push_back(1);
  Layout layout = ordered_layout(dims, order);
  layout.axes[0] = like.axes[0];
  return layout;
}

int as_row(Translation& translation, const Node& node, int value) {
  Extents shape = translation.layout(value).shape;
  shape.insert(shape.begin(), 1);
  return translation.arrange_shape(node, value, shape);
}

int as_sequence(Translation& translation, const Node& node, int value) {
  Extents shape = translation.layout(value).shape;
  shape.erase(shape.begin());
  return translation.arrange_shape(node, value, shape);
}

}  // namespace mica::onnx
