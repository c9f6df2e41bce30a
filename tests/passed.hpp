// One sample's way through a layer and back, for numbers worked out by hand.
#pragma once

#include <doctest/doctest.h>
#include <mica/testing/layer_bench.hpp>

namespace tests {

// Passed: y and dx of one sample, through a layer whose parameters are all `parameter`.
template <class Layer, int n>
struct Passed {
  using On = typename Layer::template On<mica::Shape<n>>;
  mica::testing::LayerBench<On, 1> bench;
  const float* y = bench.y.data();
  const float* dx = bench.dx.data();

  Passed(const float (&x)[n], const float (&dy)[n], float parameter = 0) {
    for (int i = 0; i < n; ++i) {
      bench.start_x.values[i] = x[i];
      bench.start_dy.values[i] = dy[i];
    }
    float* const params = mica::testing::numbers_of<float>(bench.start_params);
    for (int i = 0; i < bench.parameters; ++i) params[i] = parameter;
    bench.reset(1);
    bench.forward(bench.y.data());
    bench.backward(bench.x.data(), bench.y.data(), bench.dy.data(), bench.dx.data());
  }
};

template <int n>
void check_equal(const float* got, const float (&expected)[n]) {
  for (int i = 0; i < n; ++i) CHECK(got[i] == expected[i]);
}

}  // namespace tests
