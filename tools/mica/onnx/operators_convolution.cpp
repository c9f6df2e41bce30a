#include <algorithm>

#include "operators.hpp"
#include "window_attributes.hpp"

namespace mica::onnx {
namespace {

std::int64_t taps_of(const WindowAttributes& window) { return product(window.kernel); }

// The kernel's extents: those of the weights behind their first two.
bool read_weights(Translation& translation, const Node& node, const Constant& weights, std::size_t rank,
                  Extents& kernel) {
  if (weights.dims.size() != rank || weights.is_integer || rank < 2 || weights.size() == 0) {
    translation.refuse(node, "its weights have the extents " + text(weights.dims) + ", where " + std::to_string(rank) +
                                 " of float32 are expected");
    return false;
  }
  kernel.assign(weights.dims.begin() + 2, weights.dims.end());
  const Extents stated = node.integers("kernel_shape", kernel);
  if (stated == kernel) return true;
  translation.refuse(node, "its kernel_shape " + text(stated) + " is not that of its weights " + text(weights.dims));
  return false;
}

// The bias, zeros if there is none; null where it is of another size, which is reported.
bool read_bias(Translation& translation, const Node& node, std::int64_t outputs, Constant& bias) {
  bias.dims = {outputs};
  bias.uniform = 0.0f;
  if (!translation.has_input(node, 2)) return true;
  const Constant* const found = translation.constant(node, 2);
  if (found == nullptr) return false;
  if (found->size() != outputs) {
    translation.refuse(
        node, "its bias has " + std::to_string(found->size()) + " numbers for " + std::to_string(outputs) + " outputs");
    return false;
  }
  bias = *found;
  return true;
}

// From [a][b][taps] with its first `a` taken from `first` on to [taps] and then [b][a], or [a][b] as it is.
bool append_kernels(const Constant& weights, std::int64_t first, std::int64_t a_count, std::int64_t taps, bool swap,
                    std::vector<float>& to, std::string& failure) {
  std::vector<float> from;
  if (!read_floats(weights, from, failure)) return false;
  const std::int64_t b_count = weights.dims[1];
  const std::size_t begin = to.size();
  to.resize(begin + static_cast<std::size_t>(taps * a_count * b_count));
  float* out = to.data() + begin;
  for (std::int64_t tap = 0; tap < taps; ++tap) {
    for (std::int64_t i = 0; i < a_count * b_count; ++i) {
      const std::int64_t a = swap ? i % a_count : i / b_count, b = swap ? i / a_count : i % b_count;
      *out++ = from[static_cast<std::size_t>(((first + a) * b_count + b) * taps + tap)];
    }
  }
  return true;
}

bool append_part(const Constant& bias, std::int64_t first, std::int64_t count, std::vector<float>& to,
                 std::string& failure) {
  std::vector<float> all;
  if (!read_floats(bias, all, failure)) return false;
  const auto from = all.begin() + static_cast<std::ptrdiff_t>(first);
  to.insert(to.end(), from, from + static_cast<std::ptrdiff_t>(count));
  return true;
}

struct Kernels {
  Constant weights, bias;
  std::int64_t groups = 1, channels = 0, outputs = 0;  // of all groups together
};

void set_numbers(Operation& operation, const Kernels& kernels, std::int64_t first, std::int64_t count,
                 std::int64_t taps, bool swap) {
  const Constant weights = kernels.weights, bias = kernels.bias;
  operation.numbers = [=](std::vector<float>& parameters, std::vector<float>&, std::string& failure) {
    return append_kernels(weights, first, count, taps, swap, parameters, failure) &&
           append_part(bias, first, count, parameters, failure);
  };
  operation.tail = static_cast<std::size_t>(count);
  operation.takes_sum = bias.uniform.has_value();
}

std::string conv_text(const WindowAttributes& window, std::int64_t outputs) {
  const bool image = window.axes() == 2;
  return (image ? "Conv2d<" : "Conv1d<") + std::to_string(outputs) + ", " + window.kernel_text(false) + ", " +
         window.padding_text(false) + ", " + window.stride_text(false) + ", " + window.dilation_text(false) + ">";
}

// A kernel or more for each channel by itself.
int depthwise(Translation& translation, const Node& node, int value, const WindowAttributes& window,
              const Kernels& kernels) {
  const bool sequence = window.axes() == 1;
  if (sequence) value = as_row(translation, node, value);
  Layout to = channels_last(translation.layout(value), window.out, kernels.outputs);
  if (sequence) to.shape.insert(to.shape.begin(), 1);
  const std::string description = "DepthwiseConv2d<" + window.kernel_text(true) + ", " + window.padding_text(true) +
                                  ", " + window.stride_text(true) + ", " + window.dilation_text(true) + ", " +
                                  std::to_string(kernels.outputs / kernels.channels) + ">";
  Operation& operation = translation.layer(node, value, description, to);
  set_numbers(operation, kernels, 0, kernels.outputs, taps_of(window), true);
  const int result = translation.last_value();
  return sequence ? as_sequence(translation, node, result) : result;
}

// Each group of channels goes its own way, and the ways are put side by side.
int grouped(Translation& translation, const Node& node, int value, const WindowAttributes& window,
            const Kernels& kernels) {
  const std::int64_t in = kernels.channels / kernels.groups, out = kernels.outputs / kernels.groups;
  std::vector<int> branches;
  for (std::int64_t group = 0; group < kernels.groups; ++group) {
    Layout part = channels_last(translation.layout(value), window.size, in);
    translation.layer(node, value, "SelectChannels<" + std::to_string(group * in) + ", " + std::to_string(in) + ">",
                      part);
    const Layout to = channels_last(translation.layout(value), window.out, out);
    Operation& operation = translation.layer(node, translation.last_value(), conv_text(window, out), to);
    set_numbers(operation, kernels, group * out, out, taps_of(window), true);
    operation.takes_sum = false;
    branches.push_back(translation.last_value());
  }
  Operation& operation =
      translation.layer(node, branches[0], "", channels_last(translation.layout(value), window.out, kernels.outputs));
  operation.kind = Operation::Kind::concatenation;
  operation.inputs = branches;
  return translation.last_value();
}

// The input, and the weights with the extents of both; -1 where they are none of a convolution, which is reported.
int read_kernels(Translation& translation, const Node& node, Extents& dims, Extents& kernel, Kernels& kernels) {
  const int value = translation.value(node, 0);
  const Constant* const weights = value < 0 ? nullptr : translation.constant(node, 1);
  if (weights == nullptr) return -1;
  dims = translation.layout(value).dims();
  if (!read_weights(translation, node, *weights, dims.size(), kernel)) return -1;
  kernels.weights = *weights;
  kernels.channels = dims[1];
  return value;
}

}  // namespace

void translate_conv(Translation& translation, const Node& node) {
  Kernels kernels;
  Extents dims, kernel;
  int value = read_kernels(translation, node, dims, kernel, kernels);
  if (value < 0) return;
  const auto window = read_window(translation, node, dims, kernel);
  if (!window) return;
  kernels.groups = node.integer("group", 1);
  kernels.outputs = kernels.weights.dims[0];
  if (kernels.groups < 1 || kernels.groups > kernels.channels || kernels.channels % kernels.groups != 0 ||
      kernels.weights.dims[1] != kernels.channels / kernels.groups || kernels.outputs % kernels.groups != 0) {
    return translation.refuse(node, "its weights " + text(kernels.weights.dims) + " in " +
                                        std::to_string(kernels.groups) + " groups do not go with an input of " +
                                        text(dims));
  }
  constexpr std::int64_t most_groups = 64;
  const bool by_channel = kernels.groups == kernels.channels && kernels.channels > 1;
  if (!by_channel && kernels.groups > most_groups) {
    return translation.refuse(node, "it has " + std::to_string(kernels.groups) + " groups, and more than " +
                                        std::to_string(most_groups) + " ways side by side are too many for a type");
  }
  if (!read_bias(translation, node, kernels.outputs, kernels.bias)) return;
  value = arrange_channels_last(translation, node, value);
  if (value < 0) return;
  if (by_channel) {
    value = depthwise(translation, node, value, *window, kernels);
  } else if (kernels.groups > 1) {
    value = grouped(translation, node, value, *window, kernels);
  } else {
    const Layout to = channels_last(translation.layout(value), window->out, kernels.outputs);
    Operation& operation = translation.layer(node, value, conv_text(*window, kernels.outputs), to);
    set_numbers(operation, kernels, 0, kernels.outputs, taps_of(*window), true);
    value = translation.last_value();
  }
  translation.give(node, 0, value);
}

namespace {

// The padding and the rows added behind, from the attributes; false where they are none that the layer has.
bool read_transposed(const Node& node, WindowAttributes& window, std::int64_t& added) {
  const std::size_t axes = window.axes();
  const Extents output_shape = node.integers("output_shape", {});
  const Extents output_padding = node.integers("output_padding", Extents(axes, 0));
  const std::string_view automatic = node.text("auto_pad", "NOTSET");
  if (output_padding.size() != axes || (!output_shape.empty() && output_shape.size() < axes)) return false;
  added = 0;
  Extents after;
  for (std::size_t i = 0; i < axes; ++i) {
    const std::int64_t full = (window.size[i] - 1) * window.stride[i] + window.reach(i);
    std::int64_t wanted = 0;
    if (!output_shape.empty()) {
      wanted = output_shape[output_shape.size() - axes + i];
    } else if (automatic == "SAME_UPPER" || automatic == "SAME_LOWER") {
      wanted = window.size[i] * window.stride[i];
    } else {
      wanted = full + output_padding[i] - window.before[i] - window.after[i];
    }
    if (wanted < 1 || wanted > 65535 || output_padding[i] < 0 || output_padding[i] > 65535) return false;
    if (!output_shape.empty() || automatic == "SAME_UPPER" || automatic == "SAME_LOWER") {
      const std::int64_t total = std::max<std::int64_t>(full + output_padding[i] - wanted, 0);
      window.before[i] = automatic == "SAME_UPPER" ? total / 2 : total - total / 2;
    }
    window.out[i] = wanted;
    after.push_back(full - window.before[i] - wanted);
    added = std::max(added, -after[i]);
  }
  for (std::size_t i = 0; i < axes; ++i) {
    window.after[i] = after[i] + added;
    if (added > 0 && added >= window.stride[i] && added >= window.dilation[i]) return false;
  }
  return true;
}

}  // namespace

void translate_conv_transpose(Translation& translation, const Node& node) {
  Kernels kernels;
  Extents dims, kernel;
  int value = read_kernels(translation, node, dims, kernel, kernels);
  if (value < 0) return;
  // Only the kernel, strides, dilations and pads are read here; whether the kernel fits is no question.
  Extents enough = dims;
  for (std::size_t i = 2; i < enough.size() && i - 2 < kernel.size(); ++i) enough[i] = 65535;
  auto window = read_window(translation, node, enough, kernel);
  if (!window) return;
  window->size.assign(dims.begin() + 2, dims.end());
  kernels.outputs = kernels.weights.dims[1];
  if (node.integer("group", 1) != 1) return translation.refuse(node, "Mica's ConvTranspose2d has no groups");
  if (kernels.weights.dims[0] != kernels.channels) {
    return translation.refuse(
        node, "its weights " + text(kernels.weights.dims) + " do not go with an input of " + text(dims));
  }
  std::int64_t added = 0;
  if (!read_transposed(node, *window, added)) {
    return translation.refuse(node, "its pads, output_padding and output_shape are none that a layer of Mica has");
  }
  if (!read_bias(translation, node, kernels.outputs, kernels.bias)) return;
  value = arrange_channels_last(translation, node, value);
  if (value < 0) return;
  const bool sequence = window->axes() == 1;
  if (sequence) value = as_row(translation, node, value);
  Layout to = channels_last(translation.layout(value), window->out, kernels.outputs);
  if (sequence) to.shape.insert(to.shape.begin(), 1);
  std::string padding = "Valid";
  if (window->padded()) {
    const auto pair = [&](std::size_t i) {
      return std::to_string(window->before[i]) + ", " + std::to_string(window->after[i]);
    };
    padding = "Pad<" + (sequence ? "0, " + std::to_string(added) : pair(0)) + ", " + pair(window->axes() - 1) + ">";
  } else if (sequence && added > 0) {
    padding = "Pad<0, " + std::to_string(added) + ", 0, 0>";
  }
  const std::string description = "ConvTranspose2d<" + std::to_string(kernels.outputs) + ", " +
                                  window->kernel_text(true) + ", " + padding + ", " +
                                  // Of a row, so large that the layer takes what is added for its height too.
                                  size_text(window->stride, added + 1, true) + ", " + std::to_string(added) + ", " +
                                  window->dilation_text(true) + ">";
  Operation& operation = translation.layer(node, value, description, to);
  // [channels][outputs][taps] to [taps][outputs][channels].
  const Constant w = kernels.weights, bias = kernels.bias;
  const std::int64_t taps = taps_of(*window), channels = kernels.channels, outputs = kernels.outputs;
  operation.numbers = [=](std::vector<float>& parameters, std::vector<float>&, std::string& failure) {
    return append_kernels(w, 0, channels, taps, true, parameters, failure) &&
           append_part(bias, 0, outputs, parameters, failure);
  };
  operation.tail = static_cast<std::size_t>(outputs);
  operation.takes_sum = bias.uniform.has_value();
  value = translation.last_value();
  translation.give(node, 0, sequence ? as_sequence(translation, node, value) : value);
}

}  // namespace mica::onnx
