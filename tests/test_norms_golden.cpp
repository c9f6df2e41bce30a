// Normalisations, running averages and dropout against PyTorch.
#include <cstdint>
#include <iterator>

#include <doctest/doctest.h>

#include "tests/golden/compare.hpp"
#include "tests/golden/norms.hpp"
#include "tests/golden/norms_dropout.hpp"
#include "tests/golden/norms_running.hpp"

namespace {

// Training passes, the averages after them, and a pass at test time.
template <class Case>
void check_running_averages() {
  using On = typename Case::Layer::template On<typename Case::Input, float>;
  constexpr int size = Case::Input::size, channels = On::channels;
  static mica::testing::LayerBench<On, Case::batch> bench;
  On::initialize(bench.start_params, bench.start_stats, {}, mica::Random(0));
  golden::Draw{Case::seed, 2, 0.75f, 0.5f}.fill(2 * channels, bench.start_params.scale.data());
  std::uint32_t seed = Case::seed;
  for (const int count : Case::sizes) {
    golden::Draw{seed, 1, 3.0f, 1.0f}.fill(count * size, bench.start_x.data());
    bench.reset(count);
    bench.forward(bench.y.data());
    bench.start_stats = *bench.stats;
    seed += 1000;
  }
  float mean[channels];
  for (int c = 0; c < channels; ++c) mean[c] = bench.start_stats.mean[c] + bench.start_stats.remainder[c];
  golden::check_near(channels, mean, Case::mean, 1e-5);
  golden::check_near(channels, bench.start_stats.variance.data(), Case::variance, 1e-5);
  CHECK(bench.start_stats.batches == static_cast<float>(std::size(Case::sizes)));

  golden::Draw{Case::seed, 1, 3.0f, 1.0f}.fill(Case::batch * size, bench.start_x.data());
  bench.reset(Case::batch);
  bench.infer(bench.y.data());
  golden::check_near(Case::batch * size, bench.y.data(), Case::y, 1e-5);
}

// Whatever the mask, a value becomes what PyTorch makes of it when it is kept or dropped; over many masks, both happen.
template <class Case>
void check_dropout() {
  constexpr int count = Case::count;
  using On = typename Case::Layer::template On<mica::Shape<1, count>, float>;
  static mica::testing::LayerBench<On, 1> bench;
  Case::x.fill(count, bench.start_x.data());
  Case::dy.fill(count, bench.start_dy.data());
  int kept = 0, dropped = 0;
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    bench.random = mica::Random(seed);
    bench.reset(1);
    bench.forward(bench.y.data());
    bench.backward(bench.x.data(), bench.y.data(), bench.dy.data(), bench.dx.data());
    float y[count], dx[count];
    for (int i = 0; i < count; ++i) {
      const bool keep = bench.dx.data()[i] != 0;
      kept += keep;
      dropped += !keep;
      y[i] = keep ? Case::kept[i] : Case::dropped[i];
      dx[i] = keep ? Case::kept_dx[i] : 0;
    }
    golden::check_near(count, bench.y.data(), y, 1e-5);
    golden::check_near(count, bench.dx.data(), dx, 1e-4);
  }
  CHECK(kept > 0);
  CHECK(dropped > 0);
}

}  // namespace

TEST_CASE("LayerNorm, GroupNorm, InstanceNorm and BatchNorm give PyTorch's numbers") {
  golden::NormCases::each([](auto c) { golden::check_layer_case<decltype(c)>(); });
}

TEST_CASE("running averages and inference with them are PyTorch's") {
  golden::RunningCases::each([](auto c) { check_running_averages<decltype(c)>(); });
}

TEST_CASE("Dropout, AlphaDropout and SpatialDropout make of a value what PyTorch makes of it") {
  golden::DropoutCases::each([](auto c) { check_dropout<decltype(c)>(); });
}
