// Dropout and its relatives: what a mask does, how often, and that backward draws the one of forward.
#include <mica/mica.hpp>
#include <mica/testing/check_layer.hpp>

#include <cmath>
#include <cstdio>
#include <vector>

#include <doctest/doctest.h>

#include "kept_contract.hpp"
#include "support.hpp"

using mica::AlphaDropout;
using mica::Dropout;
using mica::GaussianNoise;
using mica::Shape;
using mica::SpatialDropout;

namespace {

template <class Layer, class Input, int batch>
using Bench = mica::testing::LayerBench<typename Layer::template On<Input, float>, batch>;

template <class BenchType>
void pass(BenchType& bench, int samples, std::uint64_t seed) {
  bench.random = mica::Random(seed);
  bench.reset(samples);
  bench.forward(bench.y.data());
  bench.backward(bench.x.data(), bench.y.data(), bench.dy.data(), bench.dx.data());
}

template <class Layer, class Input, int batch = 4>
void expect_contract() {
  tests::expect_kept(mica::check_layer<Layer, Input, batch>());
}

}  // namespace

TEST_CASE("Dropout by hand: the generator says what is dropped, the rest is scaled") {
  static Bench<Dropout<1, 5>, Shape<10>, 10> bench;
  for (int i = 0; i < 100; ++i) {
    bench.start_x.data()[i] = static_cast<float>(i + 1);
    bench.start_dy.data()[i] = static_cast<float>(2 * i - 90);
  }
  pass(bench, 10, 3);
  int dropped = 0;
  for (int i = 0; i < 100; ++i) {
    // One fifth of 2^24 is 3355443.2.
    const bool out = (mica::Random(3).bits(static_cast<std::uint32_t>(i)) >> 8) < 3355443;
    dropped += out;
    CHECK(bench.y.data()[i] == (out ? 0.0f : static_cast<float>(i + 1) * 1.25f));
    CHECK(bench.dx.data()[i] == (out ? 0.0f : static_cast<float>(2 * i - 90) * 1.25f));
  }
  CHECK(dropped > 5);
  CHECK(dropped < 40);
}

TEST_CASE("the share that is dropped, and its mask, are as random as they should be") {
  constexpr int n = 200000;
  static float x[n], y[n];
  for (float& v : x) v = 1;
  for (const int percent : {5, 20, 50, 90}) {
    const int threshold = mica::kernels::drop_threshold(percent, 100);
    int dropped = 0, pairs = 0;
    mica::kernels::drop(n, mica::Random(9), threshold, 1.0f, 0.0f, 0.0f, x, y);
    for (int i = 0; i < n; ++i) {
      dropped += y[i] == 0;
      pairs += i > 0 && y[i] == 0 && y[i - 1] == 0;
    }
    const double p = percent / 100.0;
    // Five standard deviations of a count.
    CHECK(std::fabs(dropped - n * p) < 5 * std::sqrt(n * p * (1 - p)));
    CHECK(std::fabs(pairs - n * p * p) < 5 * std::sqrt(3 * n * p * p * (1 - p * p)));
  }
}

TEST_CASE("the mean over many masks approaches the pass without dropout") {
  static Bench<Dropout<3, 10>, Shape<6>, 2> bench;
  for (int i = 0; i < 12; ++i) bench.start_x.data()[i] = static_cast<float>(i - 4);
  const int masks = 20000;
  double mean[12] = {};
  for (int seed = 0; seed < masks; ++seed) {
    pass(bench, 2, static_cast<std::uint64_t>(seed));
    for (int i = 0; i < 12; ++i) mean[i] += static_cast<double>(bench.y.data()[i]) / masks;
  }
  bench.reset(2);
  bench.infer(bench.y.data());
  for (int i = 0; i < 12; ++i) {
    CHECK(bench.y.data()[i] == bench.start_x.data()[i]);
    // The deviation of one pass is |x| sqrt(p / (1 - p)).
    const double tolerance = 5 * std::abs(i - 4) * std::sqrt(3.0 / 7 / masks) + 1e-9;
    CHECK(std::fabs(mean[i] - (i - 4)) <= tolerance);
  }
}

TEST_CASE("a sample's mask depends on its place in the batch, not on how many follow") {
  static Bench<Dropout<1, 2>, Shape<37>, 5> bench;
  static Bench<SpatialDropout<1, 2>, Shape<2, 2, 37>, 5> spatial;
  for (int i = 0; i < 5 * 37; ++i) bench.start_x.data()[i] = 1;
  for (int i = 0; i < 5 * 148; ++i) spatial.start_x.data()[i] = 1;
  pass(bench, 5, 1);
  pass(spatial, 5, 1);
  std::vector<float> whole(bench.y.data(), bench.y.data() + 2 * 37);
  std::vector<float> whole_spatial(spatial.y.data(), spatial.y.data() + 2 * 148);
  pass(bench, 2, 1);
  pass(spatial, 2, 1);
  CHECK(whole == std::vector<float>(bench.y.data(), bench.y.data() + 2 * 37));
  CHECK(whole_spatial == std::vector<float>(spatial.y.data(), spatial.y.data() + 2 * 148));
  pass(bench, 2, 2);
  CHECK(whole != std::vector<float>(bench.y.data(), bench.y.data() + 2 * 37));
}

TEST_CASE("SpatialDropout drops whole channels of a sample") {
  static Bench<SpatialDropout<1, 4>, Shape<3, 2, 5>, 40> bench;
  for (int i = 0; i < 40 * 30; ++i) {
    bench.start_x.data()[i] = 3;
    bench.start_dy.data()[i] = 6;
  }
  pass(bench, 40, 5);
  int dropped = 0;
  for (int sample = 0; sample < 40; ++sample) {
    for (int c = 0; c < 5; ++c) {
      const bool out = (mica::Random(5).bits(static_cast<std::uint32_t>(sample * 5 + c)) >> 8) < (1 << 22);
      dropped += out;
      for (int pixel = 0; pixel < 6; ++pixel) {
        CHECK(bench.y.data()[(sample * 6 + pixel) * 5 + c] == (out ? 0.0f : 4.0f));
        CHECK(bench.dx.data()[(sample * 6 + pixel) * 5 + c] == (out ? 0.0f : 8.0f));
      }
    }
  }
  CHECK(dropped > 25);
  CHECK(dropped < 80);
}

TEST_CASE_TEMPLATE("AlphaDropout keeps mean 0 and variance 1", Layer, AlphaDropout<1, 10>, AlphaDropout<1, 2>) {
  constexpr int size = 50000;
  static Bench<Layer, Shape<size>, 1> bench;
  mica::kernels::fill_normal(size, mica::Random(1), 1.0f, 1.0f, bench.start_x.data());
  bench.random = mica::Random(2);
  bench.reset(1);
  bench.forward(bench.y.data());
  double sum = 0, squares = 0;
  for (int i = 0; i < size; ++i) {
    const double y = static_cast<double>(bench.y.data()[i]);
    sum += y;
    squares += y * y;
  }
  CHECK(std::fabs(sum / size) < 0.025);
  CHECK(std::fabs(squares / size - 1) < 0.05);
}

TEST_CASE("GaussianNoise adds normal noise of its deviation, and passes gradients on") {
  constexpr int size = 100000;
  static Bench<GaussianNoise<3, 2>, Shape<size>, 1> bench;
  for (int i = 0; i < size; ++i) bench.start_x.data()[i] = 10;
  for (int i = 0; i < size; ++i) bench.start_dy.data()[i] = static_cast<float>(i);
  pass(bench, 1, 4);
  double sum = 0, squares = 0, fourth = 0;
  bool same_gradient = true;
  for (int i = 0; i < size; ++i) {
    const double z = static_cast<double>(bench.y.data()[i] - 10) / 1.5;
    sum += z;
    squares += z * z;
    fourth += z * z * z * z;
    same_gradient = same_gradient && bench.dx.data()[i] == static_cast<float>(i);
  }
  CHECK(std::fabs(sum / size) < 0.016);
  CHECK(std::fabs(squares / size - 1) < 0.023);
  CHECK(std::fabs(fourth / size - 3) < 0.16);
  CHECK(same_gradient);
}

TEST_CASE("NaN goes through a mask, so that it is noticed") {
  static Bench<Dropout<9, 10>, Shape<64>, 1> bench;
  for (int i = 0; i < 64; ++i) bench.start_x.data()[i] = NAN;
  bench.random = mica::Random(1);
  bench.reset(1);
  bench.forward(bench.y.data());
  for (int i = 0; i < 64; ++i) CHECK(tests::is_nan(bench.y.data()[i]));
}

TEST_CASE_TEMPLATE("noise keeps the contract", Layer, Dropout<1, 5>, Dropout<0, 1>, Dropout<9, 10>, AlphaDropout<1, 3>,
                   GaussianNoise<1, 4>, GaussianNoise<0, 1>) {
  expect_contract<Layer, Shape<7>>();
  // Normal numbers in double take minutes where doubles are software: every difference draws all of them again.
  if (tests::on_board) {
    std::printf("left out: the larger shapes\n");
    return;
  }
  expect_contract<Layer, Shape<33>, 3>();
  expect_contract<Layer, Shape<3, 2, 5>, 9>();
}

TEST_CASE("SpatialDropout keeps the contract") {
  expect_contract<SpatialDropout<1, 3>, Shape<5, 7>, 8>();
  expect_contract<SpatialDropout<1, 2>, Shape<3, 2, 17>>();
}

TEST_CASE("a network draws one mask for each of its layers, the same in forward and backward") {
  using Net = mica::Sequential<mica::Input<8>, Dropout<1, 5>, mica::Dense<9>, mica::ReLU, Dropout<1, 2>, mica::Dense<7>,
                               AlphaDropout<1, 4>, GaussianNoise<1, 2>, mica::Dense<3>>;
  tests::expect_kept(mica::check_network<Net>());
}
