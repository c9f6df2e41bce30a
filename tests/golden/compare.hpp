// How far numbers are from PyTorch's.
#pragma once

#include <cmath>

#include <doctest/doctest.h>
#include <mica/testing/bench_memory.hpp>
#include <mica/testing/layer_bench.hpp>
#include <tests/golden/draw.hpp>

namespace golden {

struct Distance {
  double whole;    // |got - expected| / |expected|, Euclidean norms
  double element;  // the largest |got[i] - expected[i]| / |expected[i]| beyond the floor
};

// The floor is 4 roundings of the array's largest number (2^-24 of it each): an element that is a sum of terms of that
// size and comes out small cannot be more exact in float.
template <class T>
Distance distance(int count, const T* got, const float* expected) {
  double difference = 0, size = 0, most = 0;
  for (int i = 0; i < count; ++i) {
    const double e = static_cast<double>(expected[i]), d = static_cast<double>(got[i]) - e;
    difference += d * d;
    size += e * e;
    most = std::fmax(most, std::fabs(e));
  }
  Distance result{size > 0 ? std::sqrt(difference / size) : std::sqrt(difference), 0};
  const double floor = most * 0x1p-22;
  for (int i = 0; i < count; ++i) {
    const double e = static_cast<double>(expected[i]), d = std::fabs(static_cast<double>(got[i]) - e);
    if (d <= floor) continue;
    const double relative = e != 0 ? d / std::fabs(e) : HUGE_VAL;
    if (!(relative <= result.element)) result.element = relative;
  }
  return result;
}

template <class T>
void check_near(int count, const T* got, const float* expected, double tolerance) {
  const Distance d = distance(count, got, expected);
  CHECK(d.whole <= tolerance);
  CHECK(d.element <= tolerance);
}

// Forward and backward of the x on the bench. Not a template, so that it is compiled once and not for every case.
inline void check_passes(mica::testing::Bench<float> bench, const Draw& dy, const Draw& params,
                         const float* y, const float* dx, const float* gradient) {
  const mica::testing::AnyLayer<float>& layer = bench.layer;
  dy.fill(layer.batch * layer.outputs, bench.start_dy);
  params.fill(layer.parameters, bench.start_params);
  bench.reset(layer.batch);
  bench.forward(bench.y.data());
  check_near(bench.y.count(), bench.y.data(), y, 1e-5);
  bench.backward(bench.x.data(), bench.y.data(), bench.dy.data(), bench.dx.data());
  check_near(bench.dx.count(), bench.dx.data(), dx, 1e-4);
  check_near(layer.parameters, bench.gradient_numbers(), gradient, 1e-4);
}

// Forward and backward of one layer, in float.
template <class Case>
void check_layer_case() {
  using On = typename Case::Layer::template On<typename Case::Input, float>;
  static_assert(mica::parameter_count<On> == Case::parameters);
  const mica::testing::Bench<float> bench = mica::testing::static_bench<On, Case::batch>();
  Case::x.fill(Case::batch * On::Input::size, bench.start_x);
  check_passes(bench, Case::dy, Case::params, Case::y, Case::dx, Case::gradient);
}

}  // namespace golden
