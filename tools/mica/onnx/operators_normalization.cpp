#include <algorithm>

#include "fraction.hpp"
#include "kept_statistics.hpp"
#include "operators.hpp"
#include "translation.hpp"

namespace mica::onnx {
namespace {

// What is added to the variance, as the layers' template argument; empty for the usual 1e-5.
bool epsilon_text(Translation& translation, const Node& node, std::string& words) {
  const float epsilon = node.number("epsilon", 1e-5f);
  words.clear();
  if (epsilon == 1e-5f) return true;
  const auto fraction = epsilon > 0 ? fraction_of(epsilon) : std::nullopt;
  if (fraction) words = "Epsilon<" + fraction->text() + ">";
  if (!fraction) translation.refuse(node, "its epsilon is no fraction that can stand in a type");
  return fraction.has_value();
}

std::string with_epsilon(const std::string& name, const std::string& arguments, const std::string& epsilon) {
  return name + "<" + arguments + (arguments.empty() || epsilon.empty() ? "" : ", ") + epsilon + ">";
}

// One constant of `count` numbers to where they lie in memory.
struct Placed {
  Constant constant;
  std::vector<std::int32_t> places;
};
// Behind what is there already; one number goes to all places.
void put(const std::vector<float>& numbers, const std::vector<std::int32_t>& places, std::vector<float>& to) {
  const std::size_t begin = to.size();
  to.resize(begin + places.size());
  for (std::size_t i = 0; i < places.size(); ++i) {
    to[begin + static_cast<std::size_t>(places[i])] = numbers.size() == 1 ? numbers[0] : numbers[i];
  }
}
bool append(const Placed& placed, std::vector<float>& to, std::string& failure) {
  std::vector<float> numbers;
  if (!read_floats(placed.constant, numbers, failure)) return false;
  put(numbers, placed.places, to);
  return true;
}

const Constant* take_constant(Translation& translation, const Node& node, std::size_t input, std::int64_t count) {
  const Constant* const constant = translation.constant(node, input);
  if (constant == nullptr) return nullptr;
  if (constant->size() == count && !constant->is_integer) return constant;
  translation.refuse(node, "its input " + std::to_string(input) + " holds " + std::to_string(constant->size()) +
                               " numbers, where " + std::to_string(count) + " of float32 are expected");
  return nullptr;
}

// The value with its axis 1 as the last extent, in any order, and the rest in front of it as it lies there.
int channels_as_last_extent(Translation& translation, const Node& node, int value) {
  const Layout& layout = translation.layout(value);
  if (layout.rank() < 2 || !only_batch(layout.axes[0])) {
    translation.refuse(node, "its input must have the batch and the channels as its first two axes");
    return -1;
  }
  const std::int64_t channels = extent(layout.axes[1]);
  if (is_block(layout.axes[1], 1)) {
    if (layout.shape.back() == channels) return value;
    const std::int64_t rest = layout.sample_size() / channels;
    return translation.arrange_shape(node, value, rest == 1 ? Extents{channels} : Extents{rest, channels});
  }
  std::vector<Group> groups;
  for (int axis = 2; axis < layout.rank(); ++axis) groups.push_back({{axis}});
  groups.push_back({{1}});
  return translation.arrange(node, value, groups);
}

Operation& normalization(Translation& translation, const Node& node, int value, const std::string& description,
                         const Placed& scale, const Placed& shift) {
  Operation& operation = translation.layer(node, value, description, translation.layout(value));
  operation.numbers = [=](std::vector<float>& parameters, std::vector<float>&, std::string& failure) {
    return append(scale, parameters, failure) && append(shift, parameters, failure);
  };
  operation.tail = scale.places.size();
  operation.takes_sum = all_equal(shift.constant, 0);
  operation.takes_factor = operation.takes_sum && all_equal(scale.constant, 1);
  translation.give(node, 0, translation.last_value());
  return operation;
}

// Over the channels of axis 1 in groups of neighbours.
void add_groups(Translation& translation, const Node& node, int value, std::int64_t groups, const Constant& scale,
                const Constant& shift) {
  std::string epsilon;
  if (!epsilon_text(translation, node, epsilon)) return;
  const Layout& layout = translation.layout(value);
  const std::int64_t channels = layout.shape.back();
  std::string description = with_epsilon("GroupNorm", std::to_string(groups), epsilon);
  if (groups == channels && epsilon.empty()) description = "InstanceNorm";
  if (layout.sample_size() <= groups) return translation.refuse(node, "a group of a single value has no variance");
  std::vector<std::int32_t> places(static_cast<std::size_t>(channels));
  for (std::size_t c = 0; c < places.size(); ++c) places[c] = static_cast<std::int32_t>(c);
  normalization(translation, node, value, description, {scale, places}, {shift, places});
}

}  // namespace

void translate_batch_norm(Translation& translation, const Node& node) {
  int value = translation.value(node, 0);
  if (value < 0) return;
  if (translation.layout(value).rank() < 2) return translation.refuse(node, "its input has no axis of channels");
  if (node.integer("spatial", 1) == 0) return translation.refuse(node, "spatial = 0 normalises every pixel by itself");
  const std::int64_t channels = translation.layout(value).dims()[1];
  Placed parts[4];
  value = channels_as_last_extent(translation, node, value);
  if (value < 0) return;
  for (std::size_t i = 0; i < 4; ++i) {
    const Constant* const constant = take_constant(translation, node, i + 1, channels);
    if (constant == nullptr) return;
    parts[i] = {*constant, offsets(translation.layout(value).axes[1])};
  }
  std::string epsilon;
  if (!epsilon_text(translation, node, epsilon)) return;
  // ONNX weighs the old average, Mica (like PyTorch) the new value.
  const auto momentum = fraction_of(1 - node.number("momentum", 0.9f), 2e-7f);
  if (!momentum || momentum->numerator < 0 || momentum->numerator > momentum->denominator) {
    return translation.refuse(node, "its momentum is not between 0 and 1");
  }
  KeptStatistics kept;
  if (!read_kept_statistics(translation.graph(), node.inputs[3], static_cast<std::size_t>(channels), kept)) {
    return translation.refuse(node, "what the metadata says of its statistics was not written by Mica");
  }
  std::string averages = "Exponential<" + momentum->text() + ">";
  if (momentum->numerator == 0) averages = "FrozenAverages";
  const bool usual = momentum->numerator * 10 == momentum->denominator;
  // A network is the same in files whatever its averages are.
  const std::string description = epsilon.empty() ? "BatchNorm<>" : "BatchNorm<Exponential<>, " + epsilon + ">";
  Operation& operation = normalization(translation, node, value, description, parts[0], parts[1]);
  if (!usual) operation.source = with_epsilon("BatchNorm", averages, epsilon);
  const auto trained = operation.numbers;
  const Placed mean = parts[2], variance = parts[3];
  operation.numbers = [=](std::vector<float>& parameters, std::vector<float>& statistics, std::string& failure) {
    if (!trained(parameters, statistics, failure) || !append(mean, statistics, failure)) return false;
    put(kept.remainders, mean.places, statistics);
    if (!append(variance, statistics, failure)) return false;
    statistics.push_back(kept.batches);
    return true;
  };
  operation.takes_sum = operation.takes_factor = false;
}

void translate_instance_norm(Translation& translation, const Node& node) {
  int value = translation.value(node, 0);
  if (value < 0) return;
  const Layout layout = translation.layout(value);
  if (layout.rank() < 3 || !only_batch(layout.axes[0])) {
    return translation.refuse(node, "its input must be the batch, the channels and at least one axis more");
  }
  const std::int64_t count = extent(layout.axes[1]);
  const Constant* const scale = take_constant(translation, node, 1, count);
  const Constant* const shift = scale == nullptr ? nullptr : take_constant(translation, node, 2, count);
  if (shift == nullptr) return;
  // Channels that a Reshape has put into groups, as PyTorch writes a GroupNorm.
  const Axis runs = merged(layout.axes[1]);
  const std::int64_t channels = runs.size() == 1 ? runs[0].size * runs[0].stride : 0;
  const bool in_groups = channels > count && layout.shape.back() == channels;
  if (in_groups) {
    if (!all_equal(*scale, 1) || !all_equal(*shift, 0)) {
      return translation.refuse(node,
                                "its scale and shift are one number for each group of channels, and Mica's GroupNorm "
                                "has one for each channel");
    }
    if (!translation.affordable(node, channels)) return;
    Constant one, zero;
    one.dims = zero.dims = {1};
    one.uniform = 1.0f;
    zero.uniform = 0.0f;
    return add_groups(translation, node, value, count, one, zero);
  }
  value = channels_as_last_extent(translation, node, value);
  if (value >= 0) add_groups(translation, node, value, count, *scale, *shift);
}

void translate_group_norm(Translation& translation, const Node& node) {
  int value = translation.value(node, 0);
  if (value < 0) return;
  const Extents dims = translation.layout(value).dims();
  const std::int64_t groups = node.integer("num_groups", 0);
  if (dims.size() < 2 || groups < 1 || dims[1] % groups != 0) {
    return translation.refuse(node, "its num_groups do not divide the channels of " + text(dims));
  }
  // Up to opset 20 the scale is by group.
  const std::int64_t count = translation.opset() < 21 ? groups : dims[1];
  const Constant* const scale = take_constant(translation, node, 1, count);
  const Constant* const shift = scale == nullptr ? nullptr : take_constant(translation, node, 2, count);
  if (shift == nullptr) return;
  const bool plain = all_equal(*scale, 1) && all_equal(*shift, 0);
  if (count != dims[1] && !plain) {
    return translation.refuse(node,
                              "its scale and shift are one number for each group of channels, and Mica's GroupNorm "
                              "has one for each channel");
  }
  value = channels_as_last_extent(translation, node, value);
  if (value < 0) return;
  if (!is_run(translation.layout(value).axes[1], 1))
    return translation.refuse(node, "its channels lie in another order");
  Constant one = *scale, zero = *shift;
  if (count != dims[1]) one.dims = zero.dims = {1}, one.uniform = 1.0f, zero.uniform = 0.0f;
  if (translation.affordable(node, dims[1])) add_groups(translation, node, value, groups, one, zero);
}

void translate_layer_norm(Translation& translation, const Node& node) {
  int value = translation.value(node, 0);
  if (value < 0) return;
  const int rank = translation.layout(value).rank();
  const auto first = translation.axis(node, node.integer("axis", -1), rank);
  std::string epsilon;
  if (!first || !epsilon_text(translation, node, epsilon)) return;
  if (translation.is_used(node, 1) || translation.is_used(node, 2)) {
    return translation.refuse(node, "the mean and the deviation that it gives besides are read, and Mica gives none");
  }
  Group row{{}, true};
  std::vector<Group> groups;
  for (int axis = *first; axis < rank; ++axis) row.axes.push_back(axis);
  Axis runs = joined(translation.layout(value), *first, rank - *first);
  if (has_batch(runs)) return translation.refuse(node, "it would mix the samples of a batch");
  const std::int64_t columns = extent(runs);
  if (columns < 2) return translation.refuse(node, "a row of a single number has no variance");
  if (!is_block(runs, 1)) {
    for (int axis = 0; axis < *first; ++axis) {
      if (!only_batch(translation.layout(value).axes[static_cast<std::size_t>(axis)])) groups.push_back({{axis}});
    }
    groups.push_back(row);
    value = translation.arrange(node, value, groups);
    if (value < 0) return;
    runs = joined(translation.layout(value), *first, rank - *first);
  }
  // As many of the last extents as make a row, or a row of its own.
  const Extents& shape = translation.layout(value).shape;
  std::int64_t size = 1;
  std::size_t extents = 0;
  while (extents < shape.size() && size < columns) size *= shape[shape.size() - ++extents];
  if (size != columns) {
    value = translation.arrange_shape(node, value, {translation.layout(value).sample_size() / columns, columns});
    extents = 1;
  }
  if (size == columns && extents == shape.size()) extents = 0;
  Constant scale, shift;
  scale.dims = shift.dims = {1};
  scale.uniform = 1.0f;
  shift.uniform = 0.0f;
  if (translation.has_input(node, 1)) {
    const Constant* const found = take_constant(translation, node, 1, columns);
    if (found == nullptr) return;
    scale = *found;
  }
  if (translation.has_input(node, 2)) {
    const Constant* const found = take_constant(translation, node, 2, columns);
    if (found == nullptr) return;
    shift = *found;
  }
  if (!translation.affordable(node, columns)) return;
  const std::vector<std::int32_t> places = offsets(runs);
  normalization(translation, node, value, with_epsilon("LayerNorm", std::to_string(extents), epsilon), {scale, places},
                {shift, places});
}

}  // namespace mica::onnx
