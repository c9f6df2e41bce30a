// Adam and its relatives: by hand, against PyTorch, after very many steps, on Native and Scalar; parameter groups.
#include <cmath>
#include <limits>

#include <mica/mica.hpp>

#include <doctest/doctest.h>

#include "src/kernels/updates_adaptive.hpp"
#include "tests/golden/compare.hpp"
#include "tests/golden/more_optimizers.hpp"
#include "tests/support.hpp"

namespace {

using tests::Guarded;
using tests::Native;
using tests::Numbers;
using tests::same;
using tests::Scalar;
using Update = mica::UpdateContext;
constexpr float kept = mica::kernels::smallest_kept;

template <class Optimizer, int count>
struct Run {
  Optimizer optimizer;
  typename Optimizer::template State<count> state{};
  float weight[count] = {}, gradient[count] = {};
  long step = 0;

  void operator()(std::initializer_list<float> g) {
    int i = 0;
    for (const float value : g) gradient[i++] = value;
    optimizer.update(count, optimizer.learning_rate, gradient, state, weight, Update{++step, 0, true});
    for (const float left : gradient) CHECK(tests::bits_of(left) == 0);
  }
};

template <class T>
doctest::Approx near(T value) {
  return doctest::Approx(static_cast<double>(value)).epsilon(1e-6);
}

}  // namespace

TEST_CASE("the first step of Adam is the rate, whatever the gradient's size") {
  for (const float g : {1e-5f, 0.5f, -3.0f, 1e6f}) {
    Run<mica::Adam, 1> run{{0.25f, 0.9f, 0.999f, 1e-12f}};
    run({g});
    CHECK(static_cast<double>(run.weight[0]) == near(g > 0 ? -0.25f : 0.25f));
  }
}

TEST_CASE("AdamW takes weight decay off the weight, Adam adds it to the gradient") {
  Run<mica::AdamW, 2> w{{0.5f, 0.9f, 0.999f, 1e-8f, 0.5f}};
  w.weight[0] = 8;
  w.weight[1] = 8;
  w({0, 1});
  CHECK(w.weight[0] == 6);
  CHECK(static_cast<double>(w.weight[1]) == near(5.5));
  Run<mica::Adam, 2> a{{0.5f, 0.9f, 0.999f, 1e-8f, 0.5f}};
  a.weight[0] = 8;
  a({0, 0});
  CHECK(static_cast<double>(a.weight[0]) == near(7.5));
  CHECK(a.weight[1] == 0);
}

TEST_CASE("RMSprop, Adagrad and Lion by hand") {
  Run<mica::RMSprop, 1> rms{{0.5f, 0.75f, 1.0f}};
  rms({4});
  CHECK(rms.state.square[0] == 4);
  CHECK(static_cast<double>(rms.weight[0]) == near(-0.5 * 4 / 3));
  Run<mica::RMSpropMomentum, 1> momentum{{0.5f, 0.5f, 0.75f, 1.0f}};
  momentum({4});
  momentum({0});
  CHECK(static_cast<double>(momentum.weight[0]) == near(-0.5 * (4.0 / 3 + 2.0 / 3)));
  Run<mica::Adagrad, 1> sum{{0.5f, 0.25f, 1.0f}};
  sum({3});
  CHECK(sum.weight[0] == -0.375f);
  sum({4});
  CHECK(sum.state.square[0] == 25);
  CHECK(static_cast<double>(sum.weight[0]) == near(-0.375 - 0.4 * 4 / 6));
  Run<mica::Lion, 4> lion{{0.25f, 0.5f, 0.5f, 1.0f}};
  lion.weight[0] = 4;
  lion({0, 5, -1e-20f, 1e-37f});  // the last is too small to have a sign
  CHECK(lion.weight[0] == 3);
  CHECK(lion.weight[1] == -0.25f);
  CHECK(lion.weight[2] == 0.25f);
  CHECK(lion.weight[3] == 0);
  lion({0, -2, 0, 0});  // 0.5 * 2.5 - 0.5 * 2 > 0
  CHECK(lion.weight[1] == -0.25f * 0.75f - 0.25f);
}

TEST_CASE("bias correction is right at every step number") {
  for (const long t : {1L, 2L, 3L, 10L, 999L, 1000L, 12345L, 1000000L, 123456789L}) {
    CAPTURE(t);
    const auto expected = [t](float decay) { return -std::expm1(static_cast<double>(t) * std::log(double(decay))); };
    for (const float second : {0.99f, 0.999f, 0.9999f}) {
      const auto step = mica::adam_step(0.5f, 0.9f, second, 1e-8f, t);
      CHECK(static_cast<double>(step.rate) == near(0.5 / expected(0.9f)));
      CHECK(static_cast<double>(step.root_scale) == near(1 / std::sqrt(expected(second))));
    }
    // The product of Nadam's mu, term by term.
    const auto mu = [](long i) { return double(0.9f) * (1 - 0.5 * std::pow(0.96, 0.004 * static_cast<double>(i))); };
    double product = 1;
    for (long i = 1; i <= t && i < 2000; ++i) product *= mu(i);
    const auto nadam = mica::nadam_step(0.5f, 0.9f, 0.999f, 1e-8f, t);
    CHECK(static_cast<double>(nadam.gradient_weight) == near((1 - mu(t)) / (1 - product)));
    CHECK(static_cast<double>(nadam.mean_weight) == near(mu(t + 1) / (1 - product * mu(t + 1))));
    CHECK(nadam.rate == 0.5f);
  }
  CHECK(mica::adam_step(0.5f, 0.9f, 0.999f, 1e-8f, 1000000).rate == 0.5f);
  CHECK(mica::adam_step(0.5f, 0.9f, 0.999f, 1e-8f, 1000000).root_scale == 1);
}

TEST_CASE_TEMPLATE("what an optimizer keeps decays to exactly 0, never through subnormal numbers", Optimizer,
                   mica::Adam, mica::AdamW, mica::Nadam, mica::RMSprop, mica::RMSpropMomentum, mica::Lion) {
  constexpr int count = 9;
  Run<Optimizer, count> run;
  for (int i = 0; i < count; ++i) run.gradient[i] = (i % 2 == 0 ? 1.0f : -1.0f) * std::ldexp(1.0f, -5 * i);
  auto* const state = reinterpret_cast<float*>(&run.state);
  constexpr int numbers = sizeof run.state / sizeof(float);
  int small = 0;
  for (long step = 1; step <= 80000; ++step) {
    run.optimizer.update(count, 0, run.gradient, run.state, run.weight, Update{step, 0, true});
    for (int i = 0; i < numbers; ++i) small += state[i] != 0 && std::fabs(state[i]) < kept ? 1 : 0;
  }
  CHECK(small == 0);
  for (int i = 0; i < numbers; ++i) CHECK(state[i] == 0);
}

TEST_CASE_TEMPLATE("NaN in a gradient reaches its weight and no other", Optimizer, mica::Adam, mica::AdamW, mica::Nadam,
                   mica::RMSprop, mica::RMSpropMomentum, mica::Adagrad, mica::Lion) {
  Run<Optimizer, 3> run;
  for (float& w : run.weight) w = 1;
  run({0, std::numeric_limits<float>::quiet_NaN(), 0.5f});
  CHECK(!std::isnan(run.weight[0]));
  CHECK(std::isnan(run.weight[1]));
  CHECK(!std::isnan(run.weight[2]));
}

TEST_CASE("optimizers give PyTorch's weights, step by step") {
  golden::MoreOptimizerCases::each([](auto c) {
    using Case = decltype(c);
    constexpr auto optimizer = Case::optimizer;
    typename std::remove_const_t<decltype(optimizer)>::template State<Case::count> state{};
    float weight[Case::count], gradient[Case::count];
    golden::Draw{Case::seed, 5}.fill(Case::count, weight);
    for (int t = 0; t < Case::steps; ++t) {
      golden::Draw{Case::seed, static_cast<std::uint32_t>(10 + t)}.fill(Case::count, gradient);
      optimizer.update(Case::count, optimizer.learning_rate, gradient, state, weight, Update{t + 1, 0, true});
      golden::check_near(Case::count, weight, Case::weights + t * Case::count, 1e-5);
    }
  });
}

namespace {

// The arrays of an optimizer step, with numbers of every kind.
struct Arrays {
  Guarded gradient, weight, first, second;
  Arrays(int n, int offset, Numbers& numbers)
      : gradient(n, offset), weight(n, offset + 1), first(n, offset + 2), second(n, offset + 5) {
    const float tiny[] = {0.0f, -0.0f, kept, -kept, kept / 2, 0x1p-130f, 0x1p-90f, 1};
    for (Guarded* array : {&gradient, &weight, &first, &second}) {
      for (int i = 0; i < n; ++i) (*array)[i] = numbers.below(4) == 0 ? tiny[numbers.below(8)] : numbers.even();
    }
    for (int i = 0; i < n; ++i) second[i] = std::fabs(second[i]);
  }
};

int differences(Arrays& a, Arrays& b) {
  int wrong = a.gradient.intact() && a.weight.intact() && a.first.intact() && a.second.intact() ? 0 : 1;
  for (int i = 0; i < a.weight.size(); ++i) {
    wrong += same(a.weight[i], b.weight[i]) && same(a.first[i], b.first[i]) && same(a.second[i], b.second[i]) ? 0 : 1;
    wrong += tests::bits_of(a.gradient[i]) == 0 ? 0 : 1;
  }
  return wrong;
}

template <class OnNative, class OnScalar>
int compare(OnNative native, OnScalar scalar) {
  constexpr int reach = Native::lanes > 8 ? Native::lanes : 8;
  Numbers numbers(8);
  int wrong = 0;
  for (int n = 0; n <= 3 * reach; ++n) {
    for (int offset = 0; offset < reach; ++offset) {
      Arrays a(n, offset, numbers), b = a;
      native(n, a.gradient.data(), a.first.data(), a.second.data(), a.weight.data());
      scalar(n, b.gradient.data(), b.first.data(), b.second.data(), b.weight.data());
      wrong += differences(a, b);
    }
  }
  return wrong;
}

}  // namespace

TEST_CASE("the steps are the same on Native and Scalar") {
  namespace on = mica::kernels::on;
  auto step = mica::nadam_step(0.1f, 0.9f, 0.99f, 1e-8f, 7);
  step.weight_decay = 0.01f;
  step.keep = 0.99f;
  CHECK(compare([&](int n, float* g, float* m, float* v, float* w) { on::adam<Native>(n, step, g, m, v, w); },
                [&](int n, float* g, float* m, float* v, float* w) { on::adam<Scalar>(n, step, g, m, v, w); }) == 0);
  CHECK(compare([&](int n, float* g, float* m, float* v, float* w) { on::nadam<Native>(n, step, g, m, v, w); },
                [&](int n, float* g, float* m, float* v, float* w) { on::nadam<Scalar>(n, step, g, m, v, w); }) == 0);
  CHECK(compare([](int n, float* g, float*, float* v,
                   float* w) { on::scaled_by_square<Native>(n, 0.1f, 0.01f, 0.9f, 0.1f, 1e-8f, g, v, w); },
                [](int n, float* g, float*, float* v, float* w) {
                  on::scaled_by_square<Scalar>(n, 0.1f, 0.01f, 0.9f, 0.1f, 1e-8f, g, v, w);
                }) == 0);
  CHECK(compare([](int n, float* g, float* m, float* v,
                   float* w) { on::rmsprop_momentum<Native>(n, 0.1f, 0.01f, 0.9f, 0.5f, 1e-8f, g, v, m, w); },
                [](int n, float* g, float* m, float* v, float* w) {
                  on::rmsprop_momentum<Scalar>(n, 0.1f, 0.01f, 0.9f, 0.5f, 1e-8f, g, v, m, w);
                }) == 0);
  CHECK(compare(
            [](int n, float* g, float* m, float*, float* w) { on::lion<Native>(n, 0.1f, 0.99f, 0.9f, 0.99f, g, m, w); },
            [](int n, float* g, float* m, float*, float* w) {
              on::lion<Scalar>(n, 0.1f, 0.99f, 0.9f, 0.99f, g, m, w);
            }) == 0);
}

TEST_CASE("clipping by value and averages of weights") {
  float x[] = {3, -3, 0.5f, std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()};
  mica::kernels::clip(5, 1.0f, x);
  CHECK(x[0] == 1);
  CHECK(x[1] == -1);
  CHECK(x[2] == 0.5f);
  CHECK(std::isnan(x[3]));
  CHECK(x[4] == 1);

  using Net = mica::Sequential<mica::Input<1>, mica::Dense<1>>;
  static mica::Model<Net> model;
  static mica::ExponentialAverage<Net> average;
  average.decay = 0.25f;
  float expected[2] = {4, -8};
  for (int t = 1; t <= 5; ++t) {
    model.parameters()[0] = 4 / static_cast<float>(t);
    model.parameters()[1] = -8 * static_cast<float>(t);
    const float warm_up = (1 + static_cast<float>(t)) / (10 + static_cast<float>(t));
    const float keep = warm_up < 0.25f ? warm_up : 0.25f;
    for (int i = 0; i < 2; ++i) expected[i] = keep * expected[i] + (1 - keep) * model.parameters()[i];
    average.update(model);
    for (int i = 0; i < 2; ++i) CHECK(static_cast<double>(average.model().parameters()[i]) == near(expected[i]));
  }
  CHECK(average.updates() == 5);
}
