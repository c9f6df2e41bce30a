#include <algorithm>
#include <cmath>

#include "fraction.hpp"
#include "operators.hpp"
#include "translation.hpp"

namespace mica::onnx {
namespace {

void elementwise(Translation& translation, const Node& node, int value, const std::string& description) {
  translation.layer(node, value, description, translation.layout(value)).role = Operation::Role::elementwise;
  translation.give(node, 0, translation.last_value());
}

// "ELU<1, 2>", with a positive fraction out of an attribute.
std::string with_fraction(Translation& translation, const Node& node, const char* name, const char* attribute,
                          float otherwise) {
  const float number = node.number(attribute, otherwise);
  const auto fraction = number > 0 ? fraction_of(number) : std::nullopt;
  if (fraction) return std::string(name) + "<" + fraction->text() + ">";
  translation.refuse(node, std::string("its attribute ") + attribute + " = " + std::to_string(number) +
                               " is not positive, or no fraction that can stand in a type");
  return "";
}

bool is_near(float a, double b) { return std::fabs(static_cast<double>(a) - b) <= 1e-6 * std::fabs(b); }

std::string activation_text(Translation& translation, const Node& node) {
  const std::string_view name = node.operation;
  if (name == "Relu") return "ReLU";
  if (name == "Sigmoid" || name == "Tanh" || name == "Mish" || name == "HardSwish" || name == "SiLU") {
    return std::string(name);
  }
  if (name == "Softplus") return "Softplus<1, 1, 20>";
  if (name == "Gelu") return node.text("approximate", "none") == "tanh" ? "GELU<TanhApproximation>" : "GELU<>";
  if (name == "Elu") return with_fraction(translation, node, "ELU", "alpha", 1);
  if (name == "Celu") return with_fraction(translation, node, "CELU", "alpha", 1);
  if (name == "LeakyRelu") {
    if (node.number("alpha", 0.01f) == 0) return "ReLU";
    return with_fraction(translation, node, "LeakyReLU", "alpha", 0.01f);
  }
  if (name == "Selu") {
    if (is_near(node.number("alpha", 1.67326319f), 1.6732632423543772) &&
        is_near(node.number("gamma", 1.05070102f), 1.0507009873554805)) {
      return "SELU";
    }
    translation.refuse(node, "its alpha and gamma are not those of the paper, which Mica's SELU has");
    return "";
  }
  if (is_near(node.number("alpha", 0.2f), 1.0 / 6) && is_near(node.number("beta", 0.5f), 0.5)) return "HardSigmoid";
  translation.refuse(node, "Mica's HardSigmoid has alpha = 1/6 and beta = 1/2, this one has others");
  return "";
}

}  // namespace

void translate_activation(Translation& translation, const Node& node) {
  const int value = translation.value(node, 0);
  if (value < 0) return;
  const std::string description = activation_text(translation, node);
  if (!description.empty()) elementwise(translation, node, value, description);
}

void translate_clip(Translation& translation, const Node& node) {
  const int value = translation.value(node, 0);
  if (value < 0) return;
  std::optional<float> limits[2];
  const char* const names[2] = {"min", "max"};
  for (std::size_t i = 0; i < 2; ++i) {
    if (node.find(names[i]) != nullptr) limits[i] = node.number(names[i], 0);
    if (!translation.has_input(node, i + 1)) continue;
    const Constant* const constant = translation.constant(node, i + 1);
    if (constant == nullptr) return;
    limits[i] = single_float(*constant);
    if (!limits[i]) return translation.refuse(node, std::string("its ") + names[i] + " is not one number of float32");
  }
  // Without a limit, or one that no float reaches.
  if (limits[0] && *limits[0] <= -3.4e38f) limits[0].reset();
  if (limits[1] && *limits[1] >= 3.4e38f) limits[1].reset();
  if (!limits[0] && !limits[1]) return translation.give(node, 0, value);
  if (limits[0] && !limits[1] && *limits[0] == 0) return elementwise(translation, node, value, "ReLU");
  if (!limits[0] || !limits[1]) {
    return translation.refuse(node,
                              "Mica has a layer for a minimum of 0 (ReLU) and one for a minimum and a maximum "
                              "(HardTanh), but none for this single limit");
  }
  if (*limits[0] == 0 && *limits[1] == 6) return elementwise(translation, node, value, "ReLU6");
  const auto low = fraction_of(*limits[0]), high = fraction_of(*limits[1]);
  constexpr std::int64_t most = 1 << 24;  // up to here whole numbers are floats
  if (low && high && *limits[0] < *limits[1]) {
    const std::int64_t denominator = static_cast<std::int64_t>(low->denominator) * high->denominator;
    const std::int64_t bottom = static_cast<std::int64_t>(low->numerator) * high->denominator,
                       top = static_cast<std::int64_t>(high->numerator) * low->denominator;
    const std::int64_t shared = low->denominator == high->denominator ? low->denominator : 1;
    if (denominator / shared < most && std::max(std::abs(bottom), std::abs(top)) / shared < most) {
      return elementwise(translation, node, value,
                         "HardTanh<" + std::to_string(bottom / shared) + ", " + std::to_string(top / shared) + ", " +
                             std::to_string(denominator / shared) + ">");
    }
  }
  translation.refuse(node, "its limits are no two numbers, the smaller first, that can stand in a type");
}

void translate_prelu(Translation& translation, const Node& node) {
  int value = translation.value(node, 0);
  const Constant* const slope = value < 0 ? nullptr : translation.constant(node, 1);
  if (slope == nullptr) return;
  const Layout layout = translation.layout(value);
  // The slope's axes stand under the last ones of the input.
  const std::size_t rank = layout.axes.size(), fewer = rank - std::min(rank, slope->dims.size());
  std::size_t along = rank;
  for (std::size_t axis = fewer; axis < rank && slope->dims.size() <= rank; ++axis) {
    const std::int64_t size = slope->dims[axis - fewer];
    if (size == 1) continue;
    if (along != rank || size != extent(layout.axes[axis])) along = rank + 1;
    if (along == rank) along = axis;
    if (along > rank) break;
  }
  if (slope->dims.size() > rank || along > rank || slope->is_integer ||
      (along < rank && has_batch(layout.axes[along]))) {
    return translation.refuse(node, "its slope " + text(slope->dims) +
                                        " is not one number, or one for each channel of an input of " +
                                        text(layout.dims()));
  }
  std::vector<std::int32_t> places = {0};
  if (along < rank) {
    if (!is_block(layout.axes[along], 1)) {
      std::vector<Group> groups;
      for (std::size_t axis = 0; axis < rank; ++axis) {
        if (axis != along && !only_batch(layout.axes[axis])) groups.push_back({{static_cast<int>(axis)}});
      }
      groups.push_back({{static_cast<int>(along)}});
      value = translation.arrange(node, value, groups);
      if (value < 0) return;
    }
    places = offsets(translation.layout(value).axes[along]);
    const std::int64_t channels = static_cast<std::int64_t>(places.size());
    const Layout& now = translation.layout(value);
    if (now.shape.back() != channels) {
      value = translation.arrange_shape(node, value, {now.sample_size() / channels, channels});
    }
  }
  const std::int64_t channels = translation.layout(value).shape.back();
  if (!translation.affordable(node, channels)) return;
  Operation& operation = translation.layer(node, value, "PReLU", translation.layout(value));
  const Constant constant = *slope;
  operation.numbers = [=](std::vector<float>& parameters, std::vector<float>&, std::string& failure) {
    std::vector<float> numbers;
    if (!read_floats(constant, numbers, failure)) return false;
    const std::size_t begin = parameters.size();
    parameters.resize(begin + static_cast<std::size_t>(channels), numbers[0]);
    for (std::size_t i = 0; numbers.size() > 1 && i < places.size(); ++i) {
      parameters[begin + static_cast<std::size_t>(places[i])] = numbers[i];
    }
    return true;
  };
  translation.give(node, 0, translation.last_value());
}

void translate_softmax(Translation& translation, const Node& node) {
  int value = translation.value(node, 0);
  if (value < 0) return;
  const Layout layout = translation.layout(value);
  // Up to opset 12 over all axes from this one on.
  const bool old = translation.opset() < 13;
  const auto axis = translation.axis(node, node.integer("axis", old ? 1 : -1), layout.rank());
  if (!axis) return;
  const int count = old ? layout.rank() - *axis : 1;
  const Axis runs = joined(layout, *axis, count);
  if (has_batch(runs)) return translation.refuse(node, "it would mix the samples of a batch");
  const std::int64_t columns = extent(runs);
  if (!is_block(runs, 1)) {
    Group row{{}, true};
    std::vector<Group> groups;
    for (int i = 0; i < layout.rank(); ++i) {
      if (i >= *axis && i < *axis + count) {
        row.axes.push_back(i);
      } else if (!only_batch(layout.axes[static_cast<std::size_t>(i)])) {
        groups.push_back({{i}});
      }
    }
    groups.push_back(row);
    value = translation.arrange(node, value, groups);
  } else if (layout.shape.back() != columns) {
    const std::int64_t rows = layout.sample_size() / columns;
    value = translation.arrange_shape(node, value, rows == 1 ? Extents{columns} : Extents{rows, columns});
  }
  if (value < 0) return;
  const char* const name = node.operation == "Softmax" ? "Softmax" : "LogSoftmax";
  translation.layer(node, value, name, translation.layout(value));
  translation.give(node, 0, translation.last_value());
}

void translate_dropout(Translation& translation, const Node& node) {
  const int value = translation.value(node, 0);
  if (value < 0) return;
  if (translation.is_used(node, 1)) return translation.refuse(node, "its mask is read, and Mica keeps none");
  float share = node.number("ratio", 0.5f);
  if (translation.has_input(node, 1)) {
    const Constant* const ratio = translation.constant(node, 1);
    if (ratio == nullptr) return;
    share = single_float(*ratio).value_or(-1);
  }
  if (share == 0) return translation.give(node, 0, value);
  const auto fraction = share > 0 && share < 1 ? fraction_of(share) : std::nullopt;
  if (!fraction) return translation.refuse(node, "its ratio must be a number from 0 to below 1");
  elementwise(translation, node, value, "Dropout<" + fraction->text() + ">");
}

}  // namespace mica::onnx
