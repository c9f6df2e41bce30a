// LayerNorm, GroupNorm and InstanceNorm by hand and against double.
#include <mica/mica.hpp>
#include <mica/testing/check_layer.hpp>

#include <cmath>
#include <vector>

#include <doctest/doctest.h>

#include "kept_contract.hpp"
#include "support.hpp"

using mica::GroupNorm;
using mica::InstanceNorm;
using mica::LayerNorm;
using mica::Shape;
using tests::Numbers;

namespace {

template <class Layer, class Input, int batch>
struct Bed : mica::testing::LayerBench<typename Layer::template On<Input, float>, batch> {
  Bed() { Layer::template On<Input, float>::initialize(this->start_params, this->start_stats, {}, mica::Random(0)); }
};

template <class Layer, class Input, int batch = 3>
void expect_contract() {
  tests::expect_kept(mica::check_layer<Layer, Input, batch>());
}

// The largest distance of a new layer's y from (x - mean) / deviation in double, for samples of mean 10,000 and
// deviation 1. group(i) is the group of number i of a sample.
template <class Layer, class Input, class Group>
double distance_from_exact(int groups, Group group) {
  constexpr int batch = 3, size = Input::size;
  static Bed<Layer, Input, batch> bed;
  Numbers numbers(1);
  for (int i = 0; i < batch * size; ++i) bed.start_x.data()[i] = 10000 + 1.7320508f * numbers.even();
  bed.reset(batch);
  bed.forward(bed.y.data());
  double worst = 0;
  for (int sample = 0; sample < batch; ++sample) {
    const float* const x = bed.x.data() + sample * size;
    std::vector<double> count(static_cast<std::size_t>(groups)), mean = count, variance = count;
    const auto at = [&](int i) { return static_cast<std::size_t>(group(i)); };
    for (int i = 0; i < size; ++i) count[at(i)] += 1;
    for (int i = 0; i < size; ++i) mean[at(i)] += static_cast<double>(x[i]) / count[at(i)];
    for (int i = 0; i < size; ++i)
      variance[at(i)] += std::pow(static_cast<double>(x[i]) - mean[at(i)], 2) / count[at(i)];
    for (int i = 0; i < size; ++i) {
      const double expected = (static_cast<double>(x[i]) - mean[at(i)]) / std::sqrt(variance[at(i)] + 1e-5);
      worst = std::fmax(worst, std::fabs(static_cast<double>(bed.y.data()[sample * size + i]) - expected));
    }
  }
  return worst;
}

}  // namespace

TEST_CASE("LayerNorm by hand") {
  static Bed<LayerNorm<>, Shape<4>, 1> bed;
  const float x[] = {0, 0, 4, 4}, scale[] = {1, 2, 3, 4}, shift[] = {0, 1, 2, 3}, dy[] = {1, 1, 1, 1};
  for (int i = 0; i < 4; ++i) {
    bed.start_x.data()[i] = x[i];
    bed.start_dy.data()[i] = dy[i];
    bed.start_params.scale[i] = scale[i];
    bed.start_params.shift[i] = shift[i];
  }
  bed.reset(1);
  bed.forward(bed.y.data());
  bed.backward(bed.x.data(), bed.y.data(), bed.dy.data(), bed.dx.data());
  // xhat = -1 -1 1 1, g dy = 1 2 3 4 with mean 2.5, mean of g dy xhat = 1; the deviation is 2.
  const double y[] = {-1, -1, 5, 7}, dx[] = {-0.25, 0.25, -0.25, 0.25}, dscale[] = {-1, -1, 1, 1};
  for (int i = 0; i < 4; ++i) {
    CHECK(static_cast<double>(bed.y.data()[i]) == doctest::Approx(y[i]).epsilon(3e-6));
    CHECK(static_cast<double>(bed.dx.data()[i]) == doctest::Approx(dx[i]).epsilon(1e-5));
    CHECK(static_cast<double>((*bed.gradient).scale[i]) == doctest::Approx(dscale[i]).epsilon(3e-6));
    CHECK((*bed.gradient).shift[i] == 1);
  }
}

TEST_CASE("GroupNorm by hand: two pixels, four channels, two groups") {
  static Bed<GroupNorm<2>, Shape<2, 4>, 1> bed;
  const float x[] = {0, 4, 5, 5, 4, 0, 7, 7};
  for (int i = 0; i < 8; ++i) bed.start_x.data()[i] = x[i];
  for (int c = 0; c < 4; ++c) bed.start_params.scale[c] = static_cast<float>(c + 1);
  bed.start_params.shift[3] = 10;
  bed.reset(1);
  bed.forward(bed.y.data());
  const double y[] = {-1, 2, -3, 6, 1, -2, 3, 14};
  for (int i = 0; i < 8; ++i) CHECK(static_cast<double>(bed.y.data()[i]) == doctest::Approx(y[i]).epsilon(1e-5));
}

TEST_CASE("InstanceNorm by hand: two pixels, two channels") {
  static Bed<InstanceNorm, Shape<2, 1, 2>, 1> bed;
  const float x[] = {10, -3, 30, 3};
  for (int i = 0; i < 4; ++i) bed.start_x.data()[i] = x[i];
  bed.reset(1);
  bed.forward(bed.y.data());
  const double y[] = {-1, -1, 1, 1};
  for (int i = 0; i < 4; ++i) CHECK(static_cast<double>(bed.y.data()[i]) == doctest::Approx(y[i]).epsilon(3e-6));
}

TEST_CASE("a row, group or channel with mean 10,000 and deviation 1 comes out right") {
  CHECK(distance_from_exact<LayerNorm<>, Shape<1500>>(1, [](int) { return 0; }) < 2e-6);
  CHECK(distance_from_exact<LayerNorm<1>, Shape<7, 33>>(7, [](int i) { return i / 33; }) < 2e-6);
  CHECK(distance_from_exact<GroupNorm<3>, Shape<9, 5, 12>>(3, [](int i) { return i % 12 / 4; }) < 2e-6);
  CHECK(distance_from_exact<GroupNorm<2>, Shape<100>>(2, [](int i) { return i / 50; }) < 2e-6);
  CHECK(distance_from_exact<InstanceNorm, Shape<17, 9, 5>>(5, [](int i) { return i % 5; }) < 2e-6);
}

TEST_CASE("LayerNorm counts its parameters by what it normalises") {
  CHECK(mica::parameter_count<LayerNorm<>::On<Shape<3, 4, 5>>> == 120);
  CHECK(mica::parameter_count<LayerNorm<1>::On<Shape<3, 4, 5>>> == 10);
  CHECK(mica::parameter_count<LayerNorm<2>::On<Shape<3, 4, 5>>> == 40);
  CHECK(mica::parameter_count<GroupNorm<5>::On<Shape<3, 4, 5>>> == 10);
}

TEST_CASE("LayerNorm, GroupNorm and InstanceNorm keep the contract") {
  expect_contract<LayerNorm<>, Shape<7>>();
  expect_contract<LayerNorm<>, Shape<70>>();
  expect_contract<LayerNorm<>, Shape<3, 2, 5>, 1>();
  expect_contract<LayerNorm<1>, Shape<3, 9>>();
  expect_contract<LayerNorm<2>, Shape<2, 3, 3>>();
  expect_contract<GroupNorm<1>, Shape<7>>();
  expect_contract<GroupNorm<3>, Shape<9>, 1>();
  expect_contract<GroupNorm<2>, Shape<3, 2, 6>>();
  expect_contract<GroupNorm<11>, Shape<5, 11>>();
  expect_contract<LayerNorm<1, mica::Epsilon<1, 4>>, Shape<3, 5>>();
  expect_contract<GroupNorm<2, mica::Epsilon<1, 100>>, Shape<3, 6>>();
  expect_contract<GroupNorm<4>, Shape<3, 36>>();
  expect_contract<InstanceNorm, Shape<5, 3>>();
  expect_contract<InstanceNorm, Shape<3, 3, 17>>();
  expect_contract<InstanceNorm, Shape<4, 1>, 1>();
}
