#include <algorithm>

#include "operators.hpp"
#include "window_attributes.hpp"

namespace mica::onnx {
namespace {

// With ceil_mode there is one output more where windows leave numbers behind the last of them, unless it would begin
// behind the end.
void round_up(WindowAttributes& window) {
  for (std::size_t i = 0; i < window.axes(); ++i) {
    const std::int64_t whole = window.size[i] + window.before[i] + window.after[i];
    std::int64_t& out = window.out[i];
    if ((out - 1) * window.stride[i] + window.reach(i) < whole &&
        out * window.stride[i] < window.size[i] + window.before[i]) {
      ++out;
    }
    const std::int64_t reached = (out - 1) * window.stride[i] + window.reach(i);
    window.after[i] = std::max(window.after[i], reached - window.size[i] - window.before[i]);
  }
}

// Whether numbers are left behind the last window, and whether every window holds a number.
bool leaves_out(const WindowAttributes& window, bool& empty) {
  bool left = false;
  for (std::size_t i = 0; i < window.axes(); ++i) {
    const std::int64_t last = (window.out[i] - 1) * window.stride[i] - window.before[i];
    const std::int64_t gap = std::max<std::int64_t>(window.stride[i] - window.kernel[i], 0);
    left = left || last + window.kernel[i] + gap < window.size[i];
    empty = empty || window.before[i] >= window.kernel[i] || last >= window.size[i];
  }
  return left;
}

std::string pool_text(const Node& node, const WindowAttributes& window, const std::string& padding) {
  return std::string(node.operation == "MaxPool" ? "MaxPool" : "AvgPool") + (window.axes() == 2 ? "2d<" : "1d<") +
         window.kernel_text(false) + ", " + window.stride_text(false) + ", " + padding + ">";
}

}  // namespace

void translate_pool(Translation& translation, const Node& node) {
  int value = translation.value(node, 0);
  if (value < 0) return;
  if (translation.is_used(node, 1))
    return translation.refuse(node, "its indices are read, and Mica's layer gives none");
  const Extents dims = translation.layout(value).dims();
  auto window = read_window(translation, node, dims, node.integers("kernel_shape", {}));
  if (!window) return;
  if (product(window->dilation) != 1) return translation.refuse(node, "dilations are 1 in Mica's pools");
  const bool rounds_up = node.integer("ceil_mode", 0) != 0;
  const bool counts_padding =
      node.operation == "AveragePool" && node.integer("count_include_pad", 0) != 0 && window->padded();
  if (counts_padding && rounds_up) {
    return translation.refuse(node, "ceil_mode together with count_include_pad has no layer in Mica");
  }
  if (rounds_up) round_up(*window);
  value = arrange_channels_last(translation, node, value);
  if (value < 0) return;
  std::string padding;
  if (counts_padding) {
    // Zeros that take part are a layer of their own.
    const bool sequence = window->axes() == 1;
    if (sequence) value = as_row(translation, node, value);
    Extents padded;
    std::string margins = sequence ? "0, 0" : "";
    for (std::size_t i = 0; i < window->axes(); ++i) {
      padded.push_back(window->size[i] + window->before[i] + window->after[i]);
      margins +=
          (margins.empty() ? "" : ", ") + std::to_string(window->before[i]) + ", " + std::to_string(window->after[i]);
      window->before[i] = window->after[i] = 0;
    }
    window->size = padded;
    Layout to = channels_last(translation.layout(value), padded, dims[1]);
    if (sequence) to.shape.insert(to.shape.begin(), 1);
    translation.layer(node, value, "ZeroPad2d<" + margins + ">", to);
    value = translation.last_value();
    if (sequence) value = as_sequence(translation, node, value);
  }
  bool empty = false;
  const bool left = leaves_out(*window, empty);
  if (empty) return translation.refuse(node, "some of its windows hold nothing but padding");
  if (left && window->padded()) {
    return translation.refuse(node, "its windows leave out the end of a padded input, which no pool of Mica does");
  }
  padding = left ? "DropBorder" : window->padding_text(false);
  translation.layer(node, value, pool_text(node, *window, padding),
                    channels_last(translation.layout(value), window->out, dims[1]));
  translation.give(node, 0, translation.last_value());
}

void translate_global_pool(Translation& translation, const Node& node) {
  int value = translation.value(node, 0);
  if (value < 0) return;
  const Extents dims = translation.layout(value).dims();
  const bool average = node.operation == "GlobalAveragePool";
  if (dims.size() < 3 || (!average && dims.size() > 4)) {
    return translation.refuse(node, "its input " + text(dims) + " is no sequence and no image");
  }
  value = arrange_channels_last(translation, node, value);
  if (value < 0) return;
  const Extents size(dims.begin() + 2, dims.end());
  Layout to = channels_last(translation.layout(value), Extents(size.size(), 1), dims[1]);
  std::string description = "GlobalAvgPool";
  if (average) {
    to.shape = {dims[1]};
  } else {
    const std::string all = size_text(size, 1, false);
    description = (size.size() == 2 ? "MaxPool2d<" : "MaxPool1d<") + all + ", " + all + ", Valid>";
  }
  translation.layer(node, value, description, to);
  translation.give(node, 0, translation.last_value());
}

void translate_reduce_mean(Translation& translation, const Node& node) {
  int value = translation.value(node, 0);
  if (value < 0) return;
  const Layout layout = translation.layout(value);
  Extents named = node.integers("axes", {});
  if (translation.has_input(node, 1)) {
    const auto* const list = translation.integers(node, 1);
    if (list == nullptr) return;
    named = *list;
  }
  std::vector<bool> reduced(layout.axes.size(), named.empty());
  for (const std::int64_t name : named) {
    const auto axis = translation.axis(node, name, layout.rank());
    if (!axis) return;
    reduced[static_cast<std::size_t>(*axis)] = true;
  }
  Group places{{}, true}, channels{{}, true};
  for (int axis = 0; axis < layout.rank(); ++axis) {
    const bool is_reduced = reduced[static_cast<std::size_t>(axis)];
    if (!is_reduced && only_batch(layout.axes[static_cast<std::size_t>(axis)])) continue;
    (is_reduced ? places : channels).axes.push_back(axis);
  }
  value = translation.arrange(node, value, {places, channels});
  if (value < 0) return;
  Layout to = translation.layout(value);
  const std::int64_t pixels = to.shape[0];
  to.shape = {to.shape[1]};
  std::vector<Axis> kept;
  for (std::size_t i = 0; i < to.axes.size(); ++i) {
    if (!reduced[i]) kept.push_back(to.axes[i]);
    if (reduced[i] && node.integer("keepdims", 1) != 0) kept.push_back({});
  }
  to.axes = kept;
  if (pixels == 1)
    return translation.give(node, 0, translation.relabelled(translation.arrange_shape(node, value, to.shape), to));
  translation.layer(node, value, "GlobalAvgPool", to);
  translation.give(node, 0, translation.last_value());
}

}  // namespace mica::onnx
