#pragma once

#include <mica/diagnostics/value_statistics.hpp>
#include <mica/layer.hpp>
#include <mica/namespace.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// LayerReport: what one layer made of a batch, and what came back to it.
// A unit is one number of the last extent of the output: a Dense layer's output, a convolution's channel.
// Memory: 88 bytes.
struct LayerReport {
  ValueStatistics output;           // its activations
  ValueStatistics output_gradient;  // of the loss by them
  int dead_units = 0;               // that are 0 in every sample and everywhere
  int saturated = 0;                // outputs of a sigmoid or tanh whose |z| is beyond 4
  int samples = 0;
  bool units_alike = false;  // every unit gives what the first one gives, in every sample

  float share_saturated() const {
    return output.count > 0 ? static_cast<float>(saturated) / static_cast<float>(output.count) : 0;
  }

  // Looks at `n` outputs, `units` numbers side by side, that an activation of this kind has written.
  void look(int n, int units, Activation::Kind kind, const float* y);
};

// ParameterReport: one tensor of a layer's parameters. Memory: 108 bytes.
struct ParameterReport {
  ValueStatistics value, gradient;
  ValueStatistics change;  // since the start, where the start is known
};

// What is known of a layer before it has run, worked out at compile time.
struct LayerFacts {
  int units, first_tensor, tensors;
  Activation own, next;  // next: the activation that its outputs go into
  bool has_one_weight;   // exactly one of its tensors is a weight, so that its fan-in is weights / units
};

// NetworkReport: all of it, without the network's type: what diagnose() reads.
struct NetworkReport {
  int layers;
  const LayerFacts* facts;
  const LayerReport* reports;
  const bool* is_weight;  // of each tensor
  const ParameterReport* parameters;
  void (*name)(int layer, class SentenceWriter& writer);

  const ParameterReport* weight_of(int layer) const {
    for (int t = facts[layer].first_tensor; t < facts[layer].first_tensor + facts[layer].tensors; ++t) {
      if (is_weight[t]) return parameters + t;
    }
    return nullptr;
  }
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
