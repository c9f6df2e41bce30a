#pragma once

#include <mica/testing/any_layer.hpp>
#include <mica/testing/guarded.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace testing {

// BenchState: how the next pass is run: the generator, the number of samples, and which of the batch is the first.
// Memory: 16 bytes.
struct BenchState {
  Random random{0};
  int samples = 0, first_sample = 0;
};

// Bench: a LayerBench without its type: the layer, and pointers to all that its passes work on.
// Memory: about 400 bytes.
template <class T>
struct Bench {
  const AnyLayer<T>& layer;
  BenchState* state;

  // What every pass starts from: for a whole batch, and the numbers of Params and Stats.
  T *start_x, *start_dy, *start_params, *start_stats;

  // What a pass works on.
  GuardedNumbers<T> x, dx, y, dy, scratch;
  SealedBytes params, gradient, stats, cache;

  // Puts everything back to the start, for `n` samples from sample `first` on; what a pass has to write is unwritten.
  void reset(int n, int first = 0) {
    state->samples = n;
    state->first_sample = first;
    x.open(n * layer.inputs, first_x());
    dy.open(n * layer.outputs, start_dy + first * layer.outputs);
    y.open(n * layer.outputs);
    dx.open(n * layer.inputs);
    params.open(start_params);
    stats.open(start_stats);
    cache.open();
    clear_gradient();
  }
  void clear_gradient() {
    gradient.open();
    for (int i = 0; i < layer.parameters; ++i) gradient_numbers()[i] = 0;
  }

  void infer(T* to) {
    scratch.open(layer.infer_scratch(samples()));
    layer.infer(params.item, stats.item, x.data(), to, samples(), scratch.data());
  }
  void forward(T* to) {
    scratch.open(layer.train_scratch(samples()));
    layer.forward(params.item, stats.item, cache.item, x.data(), to, samples(), scratch.data(), state->random);
  }
  void backward(const T* from_x, const T* from_y, T* from_dy, T* to_dx) {
    scratch.open(layer.train_scratch(samples()));
    layer.backward(params.item, gradient.item, cache.item, from_x, from_y, from_dy, to_dx, samples(), scratch.data(),
                   state->random);
  }

  int samples() const { return state->samples; }
  // The input that x was set to.
  const T* first_x() const { return start_x + state->first_sample * layer.inputs; }
  T* gradient_numbers() const { return static_cast<T*>(gradient.item); }
};

}  // namespace testing
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
