// Optimizer steps over the weights of mlp's first layer, and normalisation.
#pragma once

#include <algorithm>

#include "layer_case.hpp"

namespace benchmarks {

template <class Measure>
void measure_updates(Measure& measure, Memory memory) {
  namespace kernels = mica::kernels;
  constexpr int n = 784 * 128;
  // In a trainer the arrays hold all 101,770 parameters of the model. Whole pages apart, a load would wait for a store
  // to another array whose address ends alike.
  constexpr int apart = 101776;
  const auto run = [&](const char* name, double flops, int arrays, auto f) {
    if (!memory.holds(4.0 * apart * arrays)) return;
    Numbers all(static_cast<std::size_t>(apart) * static_cast<std::size_t>(arrays), 0.1f);
    const auto array = [&](int i) { return i < arrays ? all.data() + static_cast<std::size_t>(apart * i) : nullptr; };
    float *const w = array(0), *const g = array(1), *const m = array(2), *const v = array(3);
    std::fill_n(g, n, 0.001f);
    const double bytes = 4.0 * n * arrays;
    measure({name, "mlp", 0, "100352", "element", n, flops * n, bytes, bytes, bytes}, [&] { f(g, m, v, w); });
  };
  run("sgd", 4, 2, [](float* g, float*, float*, float* w) { kernels::sgd(n, 1e-9f, 0.0f, g, w); });
  run("sgd_momentum", 6, 3,
      [](float* g, float* m, float*, float* w) { kernels::sgd_momentum(n, 1e-9f, 0.0f, 0.9f, false, g, m, w); });
  run("adam", 14, 4, [](float* g, float* m, float* v, float* w) {
    const kernels::MomentStep<float> step = {0.0f, 0.9f, 0.999f, 0.0f, 0.0f, 1.0f, 1e-8f, 1e-9f, 1.0f};
    kernels::adam(n, step, g, m, v, w);
  });
}

template <class Measure>
void measure_norms(Measure& measure, Memory memory) {
  using mica::Shape;
  using Rows = mica::BatchNorm<>::On<Shape<256>, float>;
  using Pixels = mica::BatchNorm<>::On<Shape<14, 14, 16>, float>;
  using Layer = mica::LayerNorm<>::On<Shape<256>, float>;
  using Drop = mica::Dropout<1, 5>::On<Shape<256>, float>;
  measure_layer<Rows, 64>(measure, memory, "batch_norm", "mlp_bn", "256", 0);
  measure_layer<Pixels, 8>(measure, memory, "batch_norm", "cnn", "14x14x16", 0);
  measure_layer<Layer, 64>(measure, memory, "layer_norm", "mlp_bn", "256", 0);
  measure_layer<Drop, 64>(measure, memory, "dropout", "mlp_bn", "256", 0);
}

}  // namespace benchmarks
