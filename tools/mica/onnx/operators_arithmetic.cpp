#include <algorithm>

#include "broadcast.hpp"
#include "operators.hpp"

namespace mica::onnx {
namespace {

// y = factor x + sum, by channel.
struct Map {
  std::vector<float> factors, sums;  // in the file's order; one number for all, or one for each channel
};

std::vector<float> spread(const std::vector<float>& numbers, const std::vector<std::int32_t>& places) {
  std::vector<float> all(places.size(), numbers[0]);
  for (std::size_t i = 0; numbers.size() > 1 && i < places.size(); ++i)
    all[static_cast<std::size_t>(places[i])] = numbers[i];
  return all;
}

// Into the layer in front, if that has room for it: a bias that it lacks, a scale and a shift that it lacks.
bool absorbed(Translation& translation, const Node& node, int value, const Map& map, int along,
              std::size_t activation) {
  const int producer = translation.values[static_cast<std::size_t>(value)].producer;
  if (producer < 0 || translation.graph().uses_of(node.inputs[activation]) != 1) return false;
  Operation& operation = translation.operations[static_cast<std::size_t>(producer)];
  const bool multiplies = map.factors.size() > 1 || map.factors[0] != 1;
  const bool adds = map.sums.size() > 1 || map.sums[0] != 0;
  if (operation.shared || operation.tail == 0 || (multiplies && !operation.takes_factor) ||
      (adds && !operation.takes_sum)) {
    return false;
  }
  std::vector<std::int32_t> places(operation.tail);
  for (std::size_t i = 0; i < places.size(); ++i) places[i] = static_cast<std::int32_t>(i);
  if (along >= 0) {
    const Axis& runs = translation.layout(value).axes[static_cast<std::size_t>(along)];
    if (!is_block(runs, 1) || extent(runs) != static_cast<std::int64_t>(operation.tail)) return false;
    places = offsets(runs);
  }
  if (multiplies) {
    operation.factors = spread(map.factors, places);
    operation.takes_factor = false;
  }
  if (adds) {
    operation.sums = spread(map.sums, places);
    operation.takes_sum = operation.takes_factor = false;
  }
  translation.give(node, 0, value);
  return true;
}

// A layer of its own, of numbers that do not learn: what stands in the file as a constant.
void add_map(Translation& translation, const Node& node, int value, const Map& map, int along) {
  if (along >= 0) value = axis_as_last_extent(translation, node, value, along);
  if (value < 0) return;
  const Layout layout = translation.layout(value);
  const std::int64_t channels = layout.shape.back();
  if (!translation.affordable(node, channels)) return;
  std::vector<std::int32_t> places(static_cast<std::size_t>(channels));
  for (std::size_t i = 0; i < places.size(); ++i) places[i] = static_cast<std::int32_t>(i);
  if (along >= 0) places = offsets(layout.axes[static_cast<std::size_t>(along)]);
  Operation& operation = translation.layer(node, value, "Frozen<BatchNorm<>>", layout);
  const std::vector<float> scale = spread(map.factors, places), shift = spread(map.sums, places);
  operation.numbers = [scale, shift](std::vector<float>&, std::vector<float>& statistics, std::string&) {
    statistics.insert(statistics.end(), scale.begin(), scale.end());
    statistics.insert(statistics.end(), shift.begin(), shift.end());
    statistics.resize(statistics.size() + 2 * scale.size());  // the mean and its remainder
    // Together with the layer's epsilon this is 1.
    statistics.resize(statistics.size() + scale.size(), 1.0f - 1e-5f);
    statistics.push_back(0);  // batches seen
    return true;
  };
  translation.give(node, 0, translation.last_value());
}

void with_constant(Translation& translation, const Node& node, std::size_t activation, const Constant& constant) {
  const int value = translation.value(node, activation);
  if (value < 0) return;
  const int along = axis_along(translation.layout(value), constant.dims);
  if (along < -1) {
    return translation.refuse(node, "its constant " + text(constant.dims) +
                                        " is not one number, or one for each channel, of an input of " +
                                        text(translation.layout(value).dims()));
  }
  std::vector<float> numbers;
  std::string failure;
  if (!read_floats(constant, numbers, failure)) return translation.refuse(node, failure.substr(0, failure.size() - 1));
  if (node.operation == "Div" && activation == 1) {
    return translation.refuse(node, "Mica has no layer that divides by what it computes");
  }
  Map map{{1}, {0}};
  if (node.operation == "Mul") map.factors = numbers;
  if (node.operation == "Add" || node.operation == "Sum" || (node.operation == "Sub" && activation == 1))
    map.sums = numbers;
  if (node.operation == "Sub" && activation == 1) map.factors = {-1};
  if (node.operation == "Sub" && activation == 0) {
    for (float& number : numbers) number = -number;
    map.sums = numbers;
  }
  if (node.operation == "Div") {
    for (float& number : numbers) number = 1 / number;
    map.factors = numbers;
  }
  const bool nothing = map.factors.size() == 1 && map.factors[0] == 1 && map.sums.size() == 1 && map.sums[0] == 0;
  if (nothing) return translation.give(node, 0, value);
  if (!absorbed(translation, node, value, map, along, activation)) add_map(translation, node, value, map, along);
}

// Whole numbers, of which extents are worked out.
bool fold(Translation& translation, const Node& node) {
  if (node.inputs.size() != 2 || !translation.is_constant(node, 0) || !translation.is_constant(node, 1)) return false;
  const Constant* const a = translation.constant(node, 0);
  const Constant* const b = translation.constant(node, 1);
  if (!a->is_integer || !b->is_integer) return false;
  Constant result = a->integers.size() >= b->integers.size() ? *a : *b;
  if (a->integers.empty() || b->integers.empty()) return false;
  for (std::size_t i = 0; i < result.integers.size(); ++i) {
    if ((a->integers.size() != 1 && i >= a->integers.size()) || (b->integers.size() != 1 && i >= b->integers.size()))
      return false;
    const std::int64_t x = a->integers[a->integers.size() == 1 ? 0 : i],
                       y = b->integers[b->integers.size() == 1 ? 0 : i];
    std::int64_t& z = result.integers[i];
    bool overflow = false;
    if (node.operation == "Add") overflow = __builtin_add_overflow(x, y, &z);
    if (node.operation == "Sub") overflow = __builtin_sub_overflow(x, y, &z);
    if (node.operation == "Mul") overflow = __builtin_mul_overflow(x, y, &z);
    if (node.operation == "Div") {
      overflow = y == 0 || y == -1;
      if (!overflow) z = x / y;
    }
    if (overflow) return false;
  }
  translation.give_constant(node, result);
  return true;
}

}  // namespace

void translate_arithmetic(Translation& translation, const Node& node) {
  if (node.find("axis") != nullptr)
    return translation.refuse(node, "it is spread by its attribute axis, as before opset 7");
  if (fold(translation, node)) return;
  if (node.inputs.size() == 1 && node.operation == "Sum") return translate_same(translation, node);
  if (node.inputs.size() == 2 && (translation.is_constant(node, 0) || translation.is_constant(node, 1))) {
    const std::size_t activation = translation.is_constant(node, 0) ? 1 : 0;
    const Constant* const constant = translation.constant(node, 1 - activation);
    return with_constant(translation, node, activation, *constant);
  }
  const bool sums = node.operation == "Add" || node.operation == "Sum";
  std::vector<int> inputs;
  for (std::size_t i = 0; i < node.inputs.size(); ++i) {
    inputs.push_back(translation.value(node, i));
    if (inputs.back() < 0) return;
  }
  if (!sums) {
    return translation.refuse(node,
                              "Mica has no layer that takes this of two of its inputs' values; it adds (Residual) and "
                              "concatenates (Concat) them");
  }
  if (inputs.size() < 2) return translation.refuse(node, "it has no two inputs");
  for (std::size_t i = 1; i < inputs.size(); ++i) {
    const Layout first = translation.layout(inputs[0]), other = translation.layout(inputs[i]);
    if (first.dims() != other.dims()) {
      return translation.refuse(node, "it adds " + text(first.dims()) + " and " + text(other.dims()) +
                                          ", and Mica's Residual adds only what has the same extents");
    }
    if (!same_axes(first, other)) {
      return translation.refuse(node, "its inputs lie in memory in different orders");
    }
    const int brought = translation.arrange_shape(node, inputs[i], first.shape);
    Operation& operation = translation.layer(node, inputs[0], "", first);
    operation.kind = Operation::Kind::sum;
    operation.inputs.push_back(brought);
    inputs[0] = translation.last_value();
  }
  translation.give(node, 0, inputs[0]);
}

void translate_concat(Translation& translation, const Node& node) {
  bool all_constant = !node.inputs.empty();
  for (std::size_t i = 0; i < node.inputs.size(); ++i) all_constant = all_constant && translation.is_constant(node, i);
  if (all_constant && !translation.constant(node, 0)->is_integer) {
    // Factors, for instance; weights are not put together here.
    Constant joined;
    std::string failure;
    for (std::size_t i = 0; i < node.inputs.size(); ++i) {
      const Constant& part = *translation.constant(node, i);
      std::vector<float> numbers;
      if (part.dims.size() != 1 || part.size() > 1024 || joined.floats.size() > 1024 ||
          !read_floats(part, numbers, failure)) {
        return translation.refuse(node, "of constants only short lists are joined");
      }
      joined.floats.insert(joined.floats.end(), numbers.begin(), numbers.end());
    }
    joined.dims = {static_cast<std::int64_t>(joined.floats.size())};
    return translation.give_constant(node, joined);
  }
  if (all_constant) {
    Constant joined = of_integers({});
    for (std::size_t i = 0; i < node.inputs.size(); ++i) {
      const auto* const part = translation.integers(node, i);
      if (part == nullptr) return;
      joined.integers.insert(joined.integers.end(), part->begin(), part->end());
      if (joined.integers.size() > 1024) return translation.refuse(node, "its list is too long");
    }
    joined.dims = {static_cast<std::int64_t>(joined.integers.size())};
    return translation.give_constant(node, joined);
  }
  std::vector<int> inputs;
  for (std::size_t i = 0; i < node.inputs.size(); ++i) {
    int value = translation.value(node, i);
    if (value < 0) return;
    const auto axis = translation.axis(node, node.integer("axis", 1), translation.layout(value).rank());
    if (!axis) return;
    if (has_batch(translation.layout(value).axes[static_cast<std::size_t>(*axis)])) {
      return translation.refuse(node, "it would put the samples of a batch one behind the other");
    }
    value = axis_as_last_extent(translation, node, value, *axis);
    if (value < 0) return;
    inputs.push_back(value);
  }
  if (inputs.empty()) return translation.refuse(node, "it has no input");
  if (inputs.size() == 1) return translation.give(node, 0, inputs[0]);
  const int rank = translation.layout(inputs[0]).rank();
  const auto axis = static_cast<std::size_t>(*translation.axis(node, node.integer("axis", 1), rank));
  // Everything but that axis the same, also in memory, measured in whole rows of channels.
  const auto in_rows = [&](int value) {
    Layout layout = translation.layout(value);
    const std::int64_t channels = extent(layout.axes[axis]);
    for (std::size_t i = 0; i < layout.axes.size(); ++i) {
      for (Run& run : layout.axes[i]) {
        if (i != axis && run.stride != batch_stride) run.stride /= channels;
      }
    }
    layout.shape = {layout.sample_size() / channels, channels};
    return layout;
  };
  std::int64_t channels = 0;
  Layout rows = in_rows(inputs[0]);
  for (int& value : inputs) {
    Layout other = in_rows(value);
    channels += other.shape[1];
    if (other.rank() != rank || !is_run(other.axes[axis], 1)) {
      return translation.refuse(node, "its inputs lie in memory in different orders");
    }
    other.axes[axis] = rows.axes[axis];
    if (!same_axes(rows, other)) {
      return translation.refuse(node,
                                "its inputs differ in more than the axis that it joins, or lie in memory in "
                                "different orders");
    }
  }
  // The shapes alike, that of the first one where that is of rows too.
  Layout to = rows;
  to.shape = translation.layout(inputs[0]).shape;
  if (to.shape.back() != extent(rows.axes[axis])) to.shape = {rows.shape[0], 0};
  if (rows.shape[0] == 1) to.shape = {0};
  for (int& value : inputs) {
    Extents shape = to.shape;
    shape.back() = in_rows(value).shape[1];
    value = translation.arrange_shape(node, value, shape);
  }
  to.shape.back() = channels;
  for (std::size_t i = 0; i < to.axes.size(); ++i) {
    for (Run& run : to.axes[i]) {
      if (i != axis && run.stride != batch_stride) run.stride *= channels;
    }
  }
  to.axes[axis] = channels == 1 ? Axis{} : Axis{{channels, 1}};
  Operation& operation = translation.layer(node, inputs[0], "", to);
  operation.kind = Operation::Kind::concatenation;
  operation.inputs = inputs;
  translation.give(node, 0, translation.last_value());
}

}  // namespace mica::onnx
