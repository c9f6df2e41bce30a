// Dense by hand and against PyTorch.
#include <mica/layers/dense.hpp>

#include <doctest/doctest.h>

#include "tests/golden/compare.hpp"
#include "tests/golden/dense.hpp"

TEST_CASE("Dense is x w + b") {
  using On = mica::Dense<3>::On<mica::Shape<2>>;
  static mica::testing::LayerBench<On, 2> bench;
  const float x[] = {1, 2, -1, 0.5f}, w[] = {1, 0, -2, 3, 4, 0.5f}, b[] = {0.5f, -1, 0}, dy[] = {1, 0, 2, -1, 3, 0};
  for (int i = 0; i < 4; ++i) bench.start_x.values[i] = x[i];
  for (int i = 0; i < 6; ++i) bench.start_params.weight[i] = w[i];
  for (int i = 0; i < 3; ++i) bench.start_params.bias[i] = b[i];
  for (int i = 0; i < 6; ++i) bench.start_dy.values[i] = dy[i];

  bench.reset(2);
  bench.forward(bench.y.data());
  const float y[] = {7.5f, 7, -1, 1, 1, 2.25f};
  for (int i = 0; i < 6; ++i) CHECK(bench.y.data()[i] == y[i]);

  bench.backward(bench.x.data(), bench.y.data(), bench.dy.data(), bench.dx.data());
  const float dx[] = {-3, 4, -1, 9}, dw[] = {2, -3, 2, 1.5f, 1.5f, 4}, db[] = {0, 3, 2};
  for (int i = 0; i < 4; ++i) CHECK(bench.dx.data()[i] == dx[i]);
  for (int i = 0; i < 6; ++i) CHECK((*bench.gradient).weight[i] == dw[i]);
  for (int i = 0; i < 3; ++i) CHECK((*bench.gradient).bias[i] == db[i]);
}

TEST_CASE("Dense states its fans and counts its parameters") {
  using On = mica::Dense<3>::On<mica::Shape<4, 5>>;
  CHECK(On::fan.in == 20);
  CHECK(On::fan.out == 3);
  CHECK(mica::parameter_count<On> == 63);
  CHECK(mica::statistic_count<On> == 0);
  CHECK(std::is_same_v<On::Output, mica::Shape<3>>);
}

TEST_CASE("Dense gives PyTorch's numbers") {
  golden::DenseCases::each([](auto c) { golden::check_layer_case<decltype(c)>(); });
}
