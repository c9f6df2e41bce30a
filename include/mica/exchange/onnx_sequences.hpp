// Layers over sequences as operators of ONNX.
#pragma once

#include <mica/exchange/onnx_layer.hpp>
#include <mica/exchange/torch_sequences.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace exchange {

// RNN, GRU or LSTM, whose operators want the time in front of the batch. `order` holds Mica's gates in ONNX's order; of
// the last `apart` of them the second bias stands alone, behind the others.
template <int gates, int apart, int units>
struct OnnxRecurrent {
  template <class Bound>
  static OnnxValue write(OnnxGraph& graph, OnnxValue x, const char* operation, const int (&order)[gates]) {
    constexpr int features = Bound::features, rows = gates * units;
    constexpr int hidden = features * rows, bias = hidden + units * rows;
    const auto input_part = [&](int i) { return piece(order[i] * units, features, rows); };
    const auto hidden_part = [&](int i) { return piece(hidden + order[i] * units, units, rows); };
    const auto bias_part = [&](int i) { return piece(bias + order[i] * units, 1, 0); };
    const NamedTensor second = piece(bias + rows, 1, 0);
    if constexpr (gates == 1) {
      graph.tensor("W", {1, rows, features}, {input_part(0)});
      graph.tensor("R", {1, rows, units}, {hidden_part(0)});
      graph.tensor("B", {1, 2 * rows}, {bias_part(0), zeros(rows)});
    } else if constexpr (gates == 3) {
      graph.tensor("W", {1, rows, features}, {input_part(0), input_part(1), input_part(2)});
      graph.tensor("R", {1, rows, units}, {hidden_part(0), hidden_part(1), hidden_part(2)});
      graph.tensor("B", {1, 2 * rows}, {bias_part(0), bias_part(1), bias_part(2), zeros(rows - apart * units), second});
    } else {
      graph.tensor("W", {1, rows, features}, {input_part(0), input_part(1), input_part(2), input_part(3)});
      graph.tensor("R", {1, rows, units}, {hidden_part(0), hidden_part(1), hidden_part(2), hidden_part(3)});
      graph.tensor("B", {1, 2 * rows}, {bias_part(0), bias_part(1), bias_part(2), bias_part(3), zeros(rows)});
    }
    x = graph.node("Transpose", {x}, {{"perm", {1, 0, 2}}});
    constexpr bool full = Bound::Output::rank == 2;
    graph.integers("direction", {full ? 1 : 0});
    if (gates == 3) {
      x = graph.node(operation, {x, "W", "R", "B"}, {{"hidden_size", units}, {"linear_before_reset", 1}}, 1,
                     full ? 0 : 1);
    } else {
      x = graph.node(operation, {x, "W", "R", "B"}, {{"hidden_size", units}}, 1, full ? 0 : 1);
    }
    x = graph.node("Squeeze", {x, "direction"});
    return full ? graph.node("Transpose", {x}, {{"perm", {1, 0, 2}}}) : x;
  }

 private:
  // The rows of one gate.
  static NamedTensor piece(int offset, int columns, int stride) {
    return in_params("", offset, {units, columns}, {1, stride});
  }
  static NamedTensor zeros(int count) {
    NamedTensor nothing = in_params("", 0, {count}, {1});
    nothing.added = count;
    return nothing;
  }
};

template <int units, class... Rest>
struct OnnxLayer<SimpleRNN<units, Rest...>> {
  template <class Bound>
  static OnnxValue write(OnnxGraph& graph, OnnxValue x, Order) {
    return OnnxRecurrent<1, 0, units>::template write<Bound>(graph, x, "RNN", {0});
  }
};
// Mica: r, z, n. ONNX: z, r, h.
template <int units, class... Rest>
struct OnnxLayer<GRU<units, Rest...>> {
  template <class Bound>
  static OnnxValue write(OnnxGraph& graph, OnnxValue x, Order) {
    return OnnxRecurrent<3, 1, units>::template write<Bound>(graph, x, "GRU", {1, 0, 2});
  }
};
// Mica: i, f, g, o. ONNX: i, o, f, c.
template <int units, class... Rest>
struct OnnxLayer<LSTM<units, Rest...>> {
  template <class Bound>
  static OnnxValue write(OnnxGraph& graph, OnnxValue x, Order) {
    return OnnxRecurrent<4, 0, units>::template write<Bound>(graph, x, "LSTM", {0, 3, 1, 2});
  }
};

// The pattern is a constant of the graph, worked out one number at a time, so that no memory for all of it is needed.
template <>
struct OnnxLayer<PositionalEncoding> {
  template <class Bound>
  static OnnxValue write(OnnxGraph& graph, OnnxValue x, Order) {
    graph.filled("pattern", {Bound::time, Bound::features}, wave<Bound>, nullptr);
    return graph.node("Add", {x, "pattern"});
  }

 private:
  // What is added to a zero at time step 1 in column 0, a sine, or 1, a cosine, of a pattern that turns so far in a step.
  template <class Bound>
  static float wave(int i, const void*) {
    const int time = i / Bound::features, column = i % Bound::features;
    const std::uint32_t turned = static_cast<std::uint32_t>(time) * Bound::turns.values[column];
    const std::uint32_t turns[2] = {turned, turned};
    const float nothing[4] = {};
    float pattern[4];
    kernels::add_positions<float>(1, 2, 2, turns, nothing, pattern);
    return pattern[2 + column % 2];
  }
};

template <int heads, class... Rest>
struct OnnxLayer<SelfAttention<heads, Rest...>> {
  template <class Bound>
  static OnnxValue write(OnnxGraph& graph, OnnxValue x, Order) {
    constexpr int time = Bound::Input::extent(0), features = Bound::Input::extent(1), columns = 3 * features;
    constexpr int output = (features + 1) * columns, size = features / heads;
    graph.tensor("in_proj", {features, columns}, {in_params("", 0, {features, columns}, {columns, 1})});
    graph.tensor("in_proj_bias", {columns}, {in_params("", features * columns, {columns}, {1})});
    graph.tensor("out_proj", {features, features}, {in_params("", output, {features, features}, {features, 1})});
    graph.tensor("out_proj_bias", {features}, {in_params("", output + features * features, {features}, {1})});
    graph.integers("heads", {0, time, heads, size});
    graph.integers("joined", {0, time, features});
    graph.reals("factor", {}, {1 / square_root(static_cast<float>(size))});

    x = graph.node("Add", {graph.node("MatMul", {x, "in_proj"}), "in_proj_bias"});
    const OnnxValue parts = graph.node("Split", {x}, {{"axis", 2}}, 3);
    const auto head = [&](int part) { return graph.node("Reshape", {OnnxValue{parts.number + part}, "heads"}); };
    const OnnxValue q = graph.node("Transpose", {head(0)}, {{"perm", {0, 2, 1, 3}}});
    const OnnxValue k = graph.node("Transpose", {head(1)}, {{"perm", {0, 2, 3, 1}}});
    const OnnxValue v = graph.node("Transpose", {head(2)}, {{"perm", {0, 2, 1, 3}}});
    OnnxValue scores = graph.node("Mul", {graph.node("MatMul", {q, k}), "factor"});
    if (Bound::sizes.causal) {
      // What lies ahead gets a share of exactly 0.
      const auto ahead = [](int i, const void*) { return i % time > i / time ? -1e9f : 0.0f; };
      graph.filled("mask", {time, time}, ahead, nullptr);
      scores = graph.node("Add", {scores, "mask"});
    }
    const OnnxValue shares = graph.node("Softmax", {scores}, {{"axis", -1}});
    x = graph.node("Transpose", {graph.node("MatMul", {shares, v})}, {{"perm", {0, 2, 1, 3}}});
    x = graph.node("MatMul", {graph.node("Reshape", {x, "joined"}), "out_proj"});
    return graph.node("Add", {x, "out_proj_bias"});
  }
};

}  // namespace exchange
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
