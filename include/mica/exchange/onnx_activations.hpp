// Activations as operators of ONNX. Those that version 17 has no operator for are put together from others.
#pragma once

#include <mica/exchange/onnx_layer.hpp>
#include <mica/layers/alpha_dropout.hpp>
#include <mica/layers/celu.hpp>
#include <mica/layers/dropout.hpp>
#include <mica/layers/elu.hpp>
#include <mica/layers/gaussian_noise.hpp>
#include <mica/layers/gelu.hpp>
#include <mica/layers/hard_sigmoid.hpp>
#include <mica/layers/hard_swish.hpp>
#include <mica/layers/hard_tanh.hpp>
#include <mica/layers/identity.hpp>
#include <mica/layers/leaky_relu.hpp>
#include <mica/layers/log_softmax.hpp>
#include <mica/layers/mish.hpp>
#include <mica/layers/relu.hpp>
#include <mica/layers/relu6.hpp>
#include <mica/layers/selu.hpp>
#include <mica/layers/sigmoid.hpp>
#include <mica/layers/silu.hpp>
#include <mica/layers/softmax.hpp>
#include <mica/layers/softplus.hpp>
#include <mica/layers/spatial_dropout.hpp>
#include <mica/layers/tanh.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace exchange {

template <>
struct OnnxLayer<Identity> : OnnxNothing {};
template <int numerator, int denominator>
struct OnnxLayer<Dropout<numerator, denominator>> : OnnxNothing {};
template <int numerator, int denominator>
struct OnnxLayer<SpatialDropout<numerator, denominator>> : OnnxNothing {};
template <int numerator, int denominator>
struct OnnxLayer<AlphaDropout<numerator, denominator>> : OnnxNothing {};
template <int numerator, int denominator>
struct OnnxLayer<GaussianNoise<numerator, denominator>> : OnnxNothing {};

constexpr float ratio(int numerator, int denominator) {
  return static_cast<float>(numerator) / static_cast<float>(denominator);
}

// An activation that write(graph, x) writes, whatever the shape.
template <class Self>
struct OnnxElementwise {
  template <class Bound>
  static OnnxValue write(OnnxGraph& graph, OnnxValue x, Order) {
    return Self::apply(graph, x);
  }
};

template <>
struct OnnxLayer<ReLU> : OnnxElementwise<OnnxLayer<ReLU>> {
  static OnnxValue apply(OnnxGraph& graph, OnnxValue x) { return graph.node("Relu", {x}); }
};
template <>
struct OnnxLayer<Tanh> : OnnxElementwise<OnnxLayer<Tanh>> {
  static OnnxValue apply(OnnxGraph& graph, OnnxValue x) { return graph.node("Tanh", {x}); }
};
template <>
struct OnnxLayer<Sigmoid> : OnnxElementwise<OnnxLayer<Sigmoid>> {
  static OnnxValue apply(OnnxGraph& graph, OnnxValue x) { return graph.node("Sigmoid", {x}); }
};
template <>
struct OnnxLayer<SELU> : OnnxElementwise<OnnxLayer<SELU>> {
  static OnnxValue apply(OnnxGraph& graph, OnnxValue x) { return graph.node("Selu", {x}); }
};
template <>
struct OnnxLayer<HardSwish> : OnnxElementwise<OnnxLayer<HardSwish>> {
  static OnnxValue apply(OnnxGraph& graph, OnnxValue x) { return graph.node("HardSwish", {x}); }
};
template <>
struct OnnxLayer<HardSigmoid> : OnnxElementwise<OnnxLayer<HardSigmoid>> {
  static OnnxValue apply(OnnxGraph& graph, OnnxValue x) {
    return graph.node("HardSigmoid", {x}, {{"alpha", 1.0f / 6}, {"beta", 0.5f}});
  }
};
template <int numerator, int denominator>
struct OnnxLayer<LeakyReLU<numerator, denominator>> : OnnxElementwise<OnnxLayer<LeakyReLU<numerator, denominator>>> {
  static OnnxValue apply(OnnxGraph& graph, OnnxValue x) {
    return graph.node("LeakyRelu", {x}, {{"alpha", ratio(numerator, denominator)}});
  }
};
template <int numerator, int denominator>
struct OnnxLayer<ELU<numerator, denominator>> : OnnxElementwise<OnnxLayer<ELU<numerator, denominator>>> {
  static OnnxValue apply(OnnxGraph& graph, OnnxValue x) {
    return graph.node("Elu", {x}, {{"alpha", ratio(numerator, denominator)}});
  }
};
template <int numerator, int denominator>
struct OnnxLayer<CELU<numerator, denominator>> : OnnxElementwise<OnnxLayer<CELU<numerator, denominator>>> {
  static OnnxValue apply(OnnxGraph& graph, OnnxValue x) {
    return graph.node("Celu", {x}, {{"alpha", ratio(numerator, denominator)}});
  }
};

inline OnnxValue onnx_clip(OnnxGraph& graph, OnnxValue x, float low, float high) {
  graph.reals("min", {}, {low});
  graph.reals("max", {}, {high});
  return graph.node("Clip", {x, "min", "max"});
}
template <>
struct OnnxLayer<ReLU6> : OnnxElementwise<OnnxLayer<ReLU6>> {
  static OnnxValue apply(OnnxGraph& graph, OnnxValue x) { return onnx_clip(graph, x, 0, 6); }
};
template <int minimum, int maximum, int denominator>
struct OnnxLayer<HardTanh<minimum, maximum, denominator>>
    : OnnxElementwise<OnnxLayer<HardTanh<minimum, maximum, denominator>>> {
  static OnnxValue apply(OnnxGraph& graph, OnnxValue x) {
    return onnx_clip(graph, x, ratio(minimum, denominator), ratio(maximum, denominator));
  }
};

template <>
struct OnnxLayer<SiLU> : OnnxElementwise<OnnxLayer<SiLU>> {
  static OnnxValue apply(OnnxGraph& graph, OnnxValue x) { return graph.node("Mul", {x, graph.node("Sigmoid", {x})}); }
};
template <>
struct OnnxLayer<Mish> : OnnxElementwise<OnnxLayer<Mish>> {
  static OnnxValue apply(OnnxGraph& graph, OnnxValue x) {
    return graph.node("Mul", {x, graph.node("Tanh", {graph.node("Softplus", {x})})});
  }
};
template <int numerator, int denominator, int threshold>
struct OnnxLayer<Softplus<numerator, denominator, threshold>>
    : OnnxElementwise<OnnxLayer<Softplus<numerator, denominator, threshold>>> {
  static OnnxValue apply(OnnxGraph& graph, OnnxValue x) {
    if (threshold < 20) graph.refuse<Softplus<numerator, denominator, threshold>>("ONNX's Softplus has no threshold");
    if (numerator == denominator) return graph.node("Softplus", {x});
    graph.reals("beta", {}, {ratio(numerator, denominator)});
    return graph.node("Div", {graph.node("Softplus", {graph.node("Mul", {x, "beta"})}), "beta"});
  }
};
// x (1 + erf(x / sqrt(2))) / 2, or x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))) / 2.
template <class Approximation>
struct OnnxLayer<GELU<Approximation>> : OnnxElementwise<OnnxLayer<GELU<Approximation>>> {
  static OnnxValue apply(OnnxGraph& graph, OnnxValue x) {
    graph.reals("one", {}, {1});
    graph.reals("half", {}, {0.5f});
    OnnxValue bent;
    if (Approximation::approximate) {
      graph.reals("cubic", {}, {0.044715f});
      graph.reals("factor", {}, {0.79788456f});
      const OnnxValue cube = graph.node("Mul", {graph.node("Mul", {x, x}), x});
      const OnnxValue inside = graph.node("Add", {x, graph.node("Mul", {cube, "cubic"})});
      bent = graph.node("Tanh", {graph.node("Mul", {inside, "factor"})});
    } else {
      graph.reals("root", {}, {1.41421356f});
      bent = graph.node("Erf", {graph.node("Div", {x, "root"})});
    }
    return graph.node("Mul", {graph.node("Mul", {x, graph.node("Add", {bent, "one"})}), "half"});
  }
};

// Over the channels, which are the last extent in Mica.
template <class Bound>
OnnxValue onnx_softmax(OnnxGraph& graph, OnnxValue x, Order order, const char* operation) {
  const bool moved = order.first && Bound::Input::rank > 1;
  return graph.node(operation, {x}, {{"axis", moved ? 1 : -1}});
}
template <>
struct OnnxLayer<Softmax> {
  template <class Bound>
  static OnnxValue write(OnnxGraph& graph, OnnxValue x, Order order) {
    return onnx_softmax<Bound>(graph, x, order, "Softmax");
  }
};
template <>
struct OnnxLayer<LogSoftmax> {
  template <class Bound>
  static OnnxValue write(OnnxGraph& graph, OnnxValue x, Order order) {
    return onnx_softmax<Bound>(graph, x, order, "LogSoftmax");
  }
};

}  // namespace exchange
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
