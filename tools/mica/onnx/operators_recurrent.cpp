#include <algorithm>

#include "operators.hpp"
#include "translation.hpp"

namespace mica::onnx {
namespace {

// How ONNX and Mica order the gates: gate g of Mica is gate from[g] of ONNX.
struct Cell {
  const char* operation;
  const char* layer;
  std::int64_t gates;
  int from[4];
};
constexpr Cell cells[] = {
    {"RNN", "SimpleRNN", 1, {0}},
    {"GRU", "GRU", 3, {1, 0, 2}},       // z, r, h to r, z, n
    {"LSTM", "LSTM", 4, {0, 2, 3, 1}},  // i, o, f, c to i, f, g, o
};

bool is_gru(const Cell& cell) { return cell.gates == 3; }

struct Weights {
  Cell cell;
  Constant input, hidden, bias;
  std::int64_t units, features;
  bool has_bias;
  bool splits_bias;  // the candidate of a GRU has two biases
};

// [gates][units][rows] to [rows][gates][units].
bool append_gates(const Weights& weights, const Constant& constant, std::int64_t rows, std::vector<float>& to,
                  std::string& failure) {
  std::vector<float> from;
  if (!read_floats(constant, from, failure)) return false;
  for (std::int64_t row = 0; row < rows; ++row) {
    for (std::int64_t gate = 0; gate < weights.cell.gates; ++gate) {
      for (std::int64_t unit = 0; unit < weights.units; ++unit) {
        to.push_back(from[static_cast<std::size_t>((weights.cell.from[gate] * weights.units + unit) * rows + row)]);
      }
    }
  }
  return true;
}

bool append_biases(const Weights& weights, std::vector<float>& to, std::string& failure) {
  const std::int64_t gates = weights.cell.gates, units = weights.units;
  const std::int64_t biases = is_gru(weights.cell) ? 4 : gates;
  std::vector<float> from(static_cast<std::size_t>(2 * gates * units));
  if (weights.has_bias && !read_floats(weights.bias, from, failure)) return false;
  const auto at = [&](std::int64_t side, std::int64_t gate, std::int64_t unit) {
    return from[static_cast<std::size_t>((side * gates + weights.cell.from[gate]) * units + unit)];
  };
  for (std::int64_t bias = 0; bias < biases; ++bias) {
    const bool candidate = is_gru(weights.cell) && bias >= 2;
    for (std::int64_t unit = 0; unit < units; ++unit) {
      if (!candidate || (bias == 2 && !weights.splits_bias)) {
        to.push_back(at(0, bias, unit) + at(1, bias, unit));
      } else if (weights.splits_bias) {
        to.push_back(at(bias - 2, 2, unit));
      } else {
        to.push_back(0);
      }
    }
  }
  return true;
}

// Inputs that Mica's layers do not have must be absent, or as good as absent.
bool check_extras(Translation& translation, const Node& node, std::int64_t time) {
  if (translation.has_input(node, 4)) {
    const auto* const lengths = translation.integers(node, 4);
    if (lengths == nullptr) return false;
    if (!std::all_of(lengths->begin(), lengths->end(), [&](std::int64_t length) { return length == time; })) {
      translation.refuse(node, "its sequences differ in length, and Mica's are all whole");
      return false;
    }
  }
  const char* const names[] = {"initial_h", "initial_c", "P (peepholes)"};
  for (std::size_t i = 0; i < 3; ++i) {
    if (!translation.has_input(node, 5 + i)) continue;
    const Constant* const constant = translation.constant(node, 5 + i);
    if (constant == nullptr) return false;
    if (!all_equal(*constant, 0)) {
      translation.refuse(node, std::string("its ") + names[i] + " is not zero, as it is in Mica's layer");
      return false;
    }
  }
  return true;
}

bool check_attributes(Translation& translation, const Node& node, const Cell& cell) {
  const std::string_view direction = node.text("direction", "forward");
  std::string why;
  if (direction != "forward") why = "Mica's recurrent layers go forward, and its direction is " + quoted(direction);
  if (node.find("clip") != nullptr) why = "clip has no counterpart in Mica";
  if (node.integer("input_forget", 0) != 0) why = "input_forget has no counterpart in Mica";
  if (const Attribute* const functions = node.find("activations"); functions != nullptr && why.empty()) {
    const std::vector<std::string_view> usual = cell.gates == 1 ? std::vector<std::string_view>{"Tanh"}
                                                : is_gru(cell)
                                                    ? std::vector<std::string_view>{"Sigmoid", "Tanh"}
                                                    : std::vector<std::string_view>{"Sigmoid", "Tanh", "Tanh"};
    if (functions->texts != usual) why = "its activations are not the usual ones, which Mica's layer has";
  }
  if (why.empty() && translation.is_used(node, 2)) why = "its last memory (Y_c) is read, and Mica's layer gives none";
  if (!why.empty()) translation.refuse(node, why);
  return why.empty();
}

}  // namespace

void translate_recurrent(Translation& translation, const Node& node) {
  const Cell& cell = *std::find_if(std::begin(cells), std::end(cells),
                                   [&](const Cell& candidate) { return node.operation == candidate.operation; });
  int value = translation.value(node, 0);
  if (value < 0 || !check_attributes(translation, node, cell)) return;
  const bool batch_first = node.integer("layout", 0) != 0;
  const Layout x = translation.layout(value);
  const std::size_t batch_axis = batch_first ? 0 : 1;
  if (x.rank() != 3) return translation.refuse(node, "its input must have three axes");
  if (!only_batch(x.axes[batch_axis])) {
    return translation.refuse(node, "axis " + std::to_string(batch_axis) + " of its input is not the batch");
  }
  const std::int64_t time = extent(x.axes[1 - batch_axis]), features = extent(x.axes[2]);

  const Constant* const input = translation.constant(node, 1);
  const Constant* const hidden = input == nullptr ? nullptr : translation.constant(node, 2);
  if (hidden == nullptr) return;
  const std::int64_t units = hidden->dims.size() == 3 ? hidden->dims[2] : 0;
  const Extents input_dims = {1, cell.gates * units, features}, hidden_dims = {1, cell.gates * units, units};
  if (units < 1 || units > 65535 || input->dims != input_dims || hidden->dims != hidden_dims) {
    return translation.refuse(node, "its weights " + text(input->dims) + " and " + text(hidden->dims) +
                                        " do not go with an input of " + text(x.dims()));
  }
  Weights weights = {cell, *input, *hidden, {}, units, features, translation.has_input(node, 3), true};
  if (weights.has_bias) {
    const Constant* const bias = translation.constant(node, 3);
    if (bias == nullptr) return;
    if (bias->size() != 2 * cell.gates * units) return translation.refuse(node, "its biases have another size");
    weights.bias = *bias;
  }
  if (!check_extras(translation, node, time)) return;
  if (is_gru(cell) && node.integer("linear_before_reset", 0) == 0) {
    // Over one step the hidden state is zero before, and there is no difference.
    if (time > 1) {
      return translation.refuse(node,
                                "linear_before_reset = 0 applies the reset gate before the product with the hidden "
                                "state, Mica's GRU (like PyTorch's) behind it");
    }
    weights.splits_bias = false;
  }
  value = translation.arrange(node, value, {{{static_cast<int>(1 - batch_axis)}}, {{2}}});
  if (value < 0) return;

  const bool every = translation.is_used(node, 0);
  const std::string name = std::string(cell.layer) + "<" + std::to_string(units);
  const Axis batch = x.axes[batch_axis], states = units == 1 ? Axis{} : Axis{{units, 1}};
  const Axis steps = time == 1 ? Axis{} : Axis{{time, units}};
  Layout last, all;
  last.axes = batch_first ? std::vector<Axis>{batch, {}, states} : std::vector<Axis>{{}, batch, states};
  last.shape = {units};
  all.axes = batch_first ? std::vector<Axis>{batch, steps, {}, states} : std::vector<Axis>{steps, {}, batch, states};
  all.shape = {time, units};
  Operation& operation = translation.layer(node, value, name + (every ? ", FullSequence>" : ">"), every ? all : last);
  operation.numbers = [=](std::vector<float>& parameters, std::vector<float>&, std::string& failure) {
    return append_gates(weights, weights.input, features, parameters, failure) &&
           append_gates(weights, weights.hidden, units, parameters, failure) &&
           append_biases(weights, parameters, failure);
  };
  if (every) {
    operation.role = Operation::Role::sequence;
    const int sequence = translation.last_value();
    translation.give(node, 0, sequence);
    if (!translation.is_used(node, 1)) return;
    translation.layer(node, sequence, "", last).role = Operation::Role::last_step;
  }
  translation.give(node, 1, translation.last_value());
}

}  // namespace mica::onnx
