// BatchNorm by hand and against double: batch statistics, running averages, and what happens at the edges.
#include <mica/mica.hpp>
#include <mica/testing/check_layer.hpp>

#include <cmath>
#include <vector>

#include <doctest/doctest.h>

#include "kept_contract.hpp"
#include "support.hpp"

using mica::BatchNorm;
using mica::Cumulative;
using mica::Exponential;
using mica::FrozenAverages;
using mica::Shape;

namespace {

template <class Layer, class Input>
using On = typename Layer::template On<Input, float>;

// A new layer on the bench.
template <class Layer, class Input, int batch>
struct Bed : mica::testing::LayerBench<On<Layer, Input>, batch> {
  Bed() { On<Layer, Input>::initialize(this->start_params, this->start_stats, {}, mica::Random(0)); }

  // One training pass over n samples whose numbers are value(0), value(1), ...; the statistics stay for the next.
  template <class Value>
  const float* train(int n, Value value) {
    for (int i = 0; i < n * Input::size; ++i) this->start_x.data()[i] = value(i);
    this->reset(n);
    this->forward(this->y.data());
    this->start_stats = *this->stats;
    return this->y.data();
  }
  const float* predict(int n) {
    this->reset(n);
    this->infer(this->y.data());
    return this->y.data();
  }
};

struct Moments {
  double mean, variance;
};
// Of every `stride`th number, in double.
Moments moments(const float* x, int count, int stride) {
  double sum = 0, squares = 0;
  for (int i = 0; i < count; ++i) sum += static_cast<double>(x[i * stride]);
  for (int i = 0; i < count; ++i) squares += std::pow(static_cast<double>(x[i * stride]) - sum / count, 2);
  return {sum / count, squares / count};
}

template <class Layer, class Input, int batch = 4>
void expect_contract() {
  tests::expect_kept(mica::check_layer<Layer, Input, batch>());
}

}  // namespace

TEST_CASE("BatchNorm by hand") {
  static Bed<BatchNorm<>, Shape<1>, 4> bed;
  bed.start_params.scale[0] = 3;
  bed.start_params.shift[0] = 0.5f;
  const float dy[] = {1, 0, 0, 0};
  for (int i = 0; i < 4; ++i) bed.start_dy.data()[i] = dy[i];
  // Mean 2, biased variance 4, unbiased 16 / 3.
  const float* const y = bed.train(4, [](int i) { return i < 2 ? 0.0f : 4.0f; });
  const double by_hand[] = {-2.5, -2.5, 3.5, 3.5};
  for (int i = 0; i < 4; ++i) CHECK(static_cast<double>(y[i]) == doctest::Approx(by_hand[i]).epsilon(3e-6));
  CHECK(static_cast<double>(bed.start_stats.mean[0]) == doctest::Approx(0.2));
  CHECK(static_cast<double>(bed.start_stats.variance[0]) == doctest::Approx(0.9 + 1.6 / 3));
  CHECK(bed.start_stats.batches == 1);
  bed.backward(bed.x.data(), bed.y.data(), bed.dy.data(), bed.dx.data());
  const double dx[] = {0.75, -0.75, 0, 0};
  for (int i = 0; i < 4; ++i) CHECK(std::fabs(static_cast<double>(bed.dx.data()[i]) - dx[i]) < 1e-5);
  CHECK((*bed.gradient).shift[0] == 1);
  CHECK(static_cast<double>((*bed.gradient).scale[0]) == doctest::Approx(-1).epsilon(3e-6));
}

TEST_CASE("a channel with mean 10,000 and deviation 1 comes out right in training and at test time") {
  constexpr int batch = 16, pixels = 15, channels = 11, rows = batch * pixels;
  static Bed<BatchNorm<Cumulative>, Shape<5, 3, channels>, batch> bed;
  tests::Numbers numbers(1);
  double mean[channels] = {}, variance[channels] = {};
  const int steps = 40;
  for (int step = 0; step < steps; ++step) {
    // Deviation 1 around means of 10,000 times the channel.
    const float* const y =
        bed.train(batch, [&](int i) { return 10000 * static_cast<float>(i % channels) + 1.7320508f * numbers.even(); });
    double worst = 0;
    for (int c = 0; c < channels; ++c) {
      const Moments m = moments(bed.start_x.data() + c, rows, channels);
      mean[c] += m.mean / steps;
      variance[c] += m.variance * rows / (rows - 1) / steps;
      for (int i = c; i < rows * channels; i += channels) {
        const double x = static_cast<double>(bed.start_x.data()[i]);
        const double expected = (x - m.mean) / std::sqrt(m.variance + 1e-5);
        worst = std::fmax(worst, std::fabs(static_cast<double>(y[i]) - expected));
      }
    }
    CHECK(worst < 2e-6);
  }
  const float* const y = bed.predict(batch);
  double worst = 0, worst_mean = 0;
  for (int i = 0; i < rows * channels; ++i) {
    const int c = i % channels;
    const double x = static_cast<double>(bed.start_x.data()[i]);
    const double expected = (x - mean[c]) / std::sqrt(variance[c] + 1e-5);
    worst = std::fmax(worst, std::fabs(static_cast<double>(y[i]) - expected));
    const double kept =
        static_cast<double>(bed.start_stats.mean[c]) + static_cast<double>(bed.start_stats.remainder[c]);
    worst_mean = std::fmax(worst_mean, std::fabs(kept - mean[c]));
  }
  CHECK(worst < 5e-6);
  CHECK(worst_mean < 2e-6);
}

TEST_CASE("running averages: exponential, cumulative, frozen") {
  static Bed<BatchNorm<Exponential<1, 4>>, Shape<3>, 5> exponential;
  static Bed<BatchNorm<Cumulative>, Shape<3>, 5> cumulative;
  static Bed<BatchNorm<FrozenAverages>, Shape<3>, 5> frozen;
  tests::Numbers numbers(2);
  double mean = 0, variance = 1, mean_of_all = 0, variance_of_all = 0;
  const int steps = 7;
  for (int step = 0; step < steps; ++step) {
    std::vector<float> x(15);
    for (float& v : x) v = 3 * numbers.even() + 1;
    const auto value = [&](int i) { return x[static_cast<std::size_t>(i)]; };
    exponential.train(5, value);
    cumulative.train(5, value);
    frozen.train(5, value);
    const Moments m = moments(x.data() + 1, 5, 3);
    mean += (m.mean - mean) / 4;
    variance += (m.variance * 5 / 4 - variance) / 4;
    mean_of_all += m.mean / steps;
    variance_of_all += m.variance * 5 / 4 / steps;
  }
  CHECK(static_cast<double>(exponential.start_stats.mean[1]) == doctest::Approx(mean).epsilon(1e-6));
  CHECK(static_cast<double>(exponential.start_stats.variance[1]) == doctest::Approx(variance).epsilon(1e-6));
  CHECK(static_cast<double>(cumulative.start_stats.mean[1]) == doctest::Approx(mean_of_all).epsilon(1e-6));
  CHECK(static_cast<double>(cumulative.start_stats.variance[1]) == doctest::Approx(variance_of_all).epsilon(1e-6));
  CHECK(cumulative.start_stats.batches == steps);
  CHECK(frozen.start_stats.mean[1] == 0);
  CHECK(frozen.start_stats.variance[1] == 1);
  CHECK(frozen.start_stats.batches == 0);
}

TEST_CASE("frozen averages train with a batch of one, and give what inference gives") {
  static Bed<BatchNorm<FrozenAverages>, Shape<3>, 1> bed;
  for (int c = 0; c < 3; ++c) {
    bed.start_stats.mean[c] = static_cast<float>(c);
    bed.start_stats.variance[c] = 4;
    bed.start_params.scale[c] = 2;
    bed.start_dy.data()[c] = static_cast<float>(c + 1);
  }
  bed.train(1, [](int i) { return static_cast<float>(3 * i); });
  const float trained[] = {bed.y.data()[0], bed.y.data()[1], bed.y.data()[2]};
  bed.backward(bed.x.data(), bed.y.data(), bed.dy.data(), bed.dx.data());
  for (int c = 0; c < 3; ++c) CHECK(static_cast<double>(bed.dx.data()[c]) == doctest::Approx(c + 1).epsilon(3e-6));
  const float* const y = bed.predict(1);
  for (int c = 0; c < 3; ++c) {
    CHECK(tests::same(y[c], trained[c]));
    CHECK(static_cast<double>(y[c]) == doctest::Approx(2 * c).epsilon(3e-6));
  }
}

TEST_CASE("a batch that happens to hold one value per channel changes no average") {
  static Bed<BatchNorm<>, Shape<2>, 4> bed;
  bed.start_params.shift[1] = 0.25f;
  bed.start_dy.data()[0] = bed.start_dy.data()[1] = 1;
  const float* const y = bed.train(1, [](int i) { return 7.0f + static_cast<float>(i); });
  CHECK(y[0] == 0);
  CHECK(y[1] == 0.25f);
  CHECK(bed.start_stats.mean[0] == 0);
  CHECK(bed.start_stats.variance[0] == 1);
  CHECK(bed.start_stats.batches == 0);
  bed.backward(bed.x.data(), bed.y.data(), bed.dy.data(), bed.dx.data());
  CHECK(bed.dx.data()[0] == 0);
  CHECK((*bed.gradient).shift[0] == 1);
}

TEST_CASE("averages that decay become exactly 0 and never come near the subnormal range") {
  static Bed<BatchNorm<Exponential<1, 2>>, Shape<2>, 4> bed;
  bed.train(4, [](int i) { return i < 4 ? 0.3f : 1.1f; });
  bool below = false;
  for (int step = 0; step < 150; ++step) {
    bed.train(4, [](int) { return 0.0f; });
    for (int c = 0; c < 2; ++c) {
      for (const float v : {bed.start_stats.mean[c], bed.start_stats.remainder[c], bed.start_stats.variance[c]}) {
        below = below || (v != 0 && std::fabs(v) < 0x1p-100f);
      }
    }
  }
  CHECK_FALSE(below);
  CHECK(bed.start_stats.mean[0] == 0);
  CHECK(bed.start_stats.remainder[0] == 0);
  CHECK(bed.start_stats.variance[0] == 0);
  // A channel that never changes is shifted, not blown up.
  CHECK(bed.predict(1)[0] == 0);
}

TEST_CASE("the kinds of averages are one architecture in files") {
  using One = mica::Sequential<mica::Input<4>, mica::Dense<3>, BatchNorm<>>;
  using Other = mica::Sequential<mica::Input<4>, mica::Dense<3>, BatchNorm<FrozenAverages>>;
  CHECK(One::fingerprint() == Other::fingerprint());
  CHECK(One::statistics == 10);
}

TEST_CASE_TEMPLATE("BatchNorm keeps the contract", Averages, Exponential<>, Cumulative, FrozenAverages) {
  expect_contract<BatchNorm<Averages>, Shape<7>>();
  expect_contract<BatchNorm<Averages>, Shape<33>>();
  expect_contract<BatchNorm<Averages>, Shape<3, 2, 5>>();
  expect_contract<BatchNorm<Averages>, Shape<4, 1>, 13>();
  expect_contract<BatchNorm<Averages>, Shape<5, 3>, 1>();
}

TEST_CASE("a network with BatchNorm keeps the contract") {
  using Net = mica::Sequential<mica::Input<3, 2>, BatchNorm<>, mica::Dense<6>, BatchNorm<>, mica::Tanh, mica::Dense<4>,
                               BatchNorm<FrozenAverages>, mica::Sigmoid, mica::Dense<2>>;
  tests::expect_kept(mica::check_network<Net, 5>());
}
