// One sample's way through a layer and back, for numbers worked out by hand.
#pragma once

#include <doctest/doctest.h>
#include <mica/testing/layer_bench.hpp>

namespace tests {

// Forward and backward of one sample from x and dy on. Not a template, so that it is compiled once and not for every
// layer.
inline void pass(mica::testing::Bench<float> bench, const float* x, const float* dy, float parameter) {
  for (int i = 0; i < bench.layer.inputs; ++i) bench.start_x[i] = x[i];
  for (int i = 0; i < bench.layer.outputs; ++i) bench.start_dy[i] = dy[i];
  for (int i = 0; i < bench.layer.parameters; ++i) bench.start_params[i] = parameter;
  bench.reset(1);
  bench.forward(bench.y.data());
  bench.backward(bench.x.data(), bench.y.data(), bench.dy.data(), bench.dx.data());
}

// Passed: y and dx of one sample, through a layer whose parameters are all `parameter`.
template <class Layer, int n>
struct Passed {
  using On = typename Layer::template On<mica::Shape<n>>;
  mica::testing::LayerBench<On, 1> bench;
  const float* y = bench.y.data();
  const float* dx = bench.dx.data();

  Passed(const float (&x)[n], const float (&dy)[n], float parameter = 0) {
    static_assert(On::Input::size == n && On::Output::size == n, "");
    pass(bench.any(), x, dy, parameter);
  }
};

template <int n>
void check_equal(const float* got, const float (&expected)[n]) {
  for (int i = 0; i < n; ++i) CHECK(got[i] == expected[i]);
}

}  // namespace tests
