// Optimizers and gradient clipping by hand and against PyTorch.
#include <cmath>
#include <limits>

#include <mica/mica.hpp>

#include <doctest/doctest.h>

#include "tests/golden/compare.hpp"
#include "tests/golden/optimizers.hpp"
#include "tests/golden/training.hpp"

namespace {

using mica::SGD;
using mica::SGDMomentum;

}  // namespace

TEST_CASE("SGD by hand") {
  const SGD plain{0.5f};
  SGD::State<2> none;
  float w[] = {1, -2}, g[] = {0.5f, 4};
  plain.update(2, 0.5f, g, none, w);
  CHECK(w[0] == 0.75f);
  CHECK(w[1] == -4);
  CHECK(g[0] == 0);  // the gradient is used up
  CHECK(g[1] == 0);
  const SGD decaying{0.5f, 0.25f};
  g[0] = 1;
  decaying.update(2, 0.5f, g, none, w);
  CHECK(w[0] == 0.75f - 0.5f * (1 + 0.25f * 0.75f));
  CHECK(w[1] == -3.5f);
}

TEST_CASE("momentum and Nesterov by hand") {
  for (const bool nesterov : {false, true}) {
    const SGDMomentum optimizer{0.5f, 0.5f, 0, nesterov};
    SGDMomentum::State<1> state{};
    float w[] = {0}, g[] = {1};
    optimizer.update(1, 0.5f, g, state, w);
    CHECK(state.velocity[0] == 1);
    CHECK(w[0] == (nesterov ? -0.75f : -0.5f));
    g[0] = 2;
    optimizer.update(1, 0.5f, g, state, w);
    CHECK(state.velocity[0] == 2.5f);
    CHECK(w[0] == (nesterov ? -0.75f - 1.625f : -1.75f));
    CHECK(g[0] == 0);
  }
}

TEST_CASE("weight decay is part of the gradient that momentum sees") {
  const SGDMomentum optimizer{0.5f, 0.5f, 0.25f, false};
  SGDMomentum::State<1> state{};
  float w[] = {4}, g[] = {0};
  optimizer.update(1, 0.5f, g, state, w);
  CHECK(state.velocity[0] == 1);
  CHECK(w[0] == 3.5f);
}

TEST_CASE("a velocity without gradient decays to 0 and never becomes subnormal") {
  const SGDMomentum optimizer{0.5f, 0.5f, 0, false};
  SGDMomentum::State<9> state{};
  float w[9] = {}, g[9];
  for (float& d : g) d = 1;
  int steps = 0;
  for (; steps < 200; ++steps) {
    optimizer.update(9, 0, g, state, w);
    CHECK((state.velocity[8] == 0 || state.velocity[8] >= 0x1p-100f));
    if (state.velocity[8] == 0) break;
  }
  CHECK(steps == 101);  // 2^-100 is kept, 2^-101 is not
}

TEST_CASE("NaN and infinity in a gradient reach the weight, and only that weight") {
  const SGDMomentum optimizer{0.5f, 0.5f, 0, false};
  SGDMomentum::State<3> state{};
  float w[] = {1, 1, 1}, g[] = {std::numeric_limits<float>::quiet_NaN(), 0, std::numeric_limits<float>::infinity()};
  optimizer.update(3, 0.5f, g, state, w);
  CHECK(std::isnan(w[0]));
  CHECK(w[1] == 1);
  CHECK(std::isinf(w[2]));
}

TEST_CASE("optimizers give PyTorch's weights, step by step") {
  golden::OptimizerCases::each([](auto c) {
    using Case = decltype(c);
    constexpr auto optimizer = Case::optimizer;
    typename std::remove_const_t<decltype(optimizer)>::template State<Case::count> state{};
    float weight[Case::count], gradient[Case::count];
    golden::Draw{Case::seed, 5}.fill(Case::count, weight);
    for (int t = 0; t < Case::steps; ++t) {
      golden::Draw{Case::seed, static_cast<std::uint32_t>(10 + t)}.fill(Case::count, gradient);
      optimizer.update(Case::count, optimizer.learning_rate, gradient, state, weight);
      golden::check_near(Case::count, weight, Case::weights + t * Case::count, 1e-5);
    }
  });
}

namespace {

template <class Case>
void fill_target(std::uint32_t seed, int size, std::uint8_t* labels) {
  const golden::Draw draw{seed, 4};
  for (int i = 0; i < Case::batch; ++i) {
    labels[i] = static_cast<std::uint8_t>((draw(static_cast<std::uint32_t>(i)) + 1) / 2 * static_cast<float>(size));
  }
}
template <class Case>
void fill_target(std::uint32_t seed, int size, float* values) {
  golden::Draw{seed, 4, 3}.fill(Case::batch * size, values);
}

template <class Case>
void check_training() {
  using Net = typename Case::Net;
  using Optimizer = std::remove_const_t<decltype(Case::optimizer)>;
  using Trainer = mica::Trainer<Net, typename Case::Loss, Optimizer, Case::batch>;
  constexpr bool classifier = std::is_same_v<typename Case::Loss, mica::SoftmaxCrossEntropy>;
  constexpr int outputs = Net::Output::size;
  static mica::Model<Net> model;
  static Trainer trainer;
  trainer.optimizer = Case::optimizer;
  trainer.clip_norm = Case::clip_norm;
  golden::Draw{Case::seed, 5, 0.75f}.fill(Net::parameters, model.parameters());
  for (int t = 0; t < Case::steps; ++t) {
    const auto seed = static_cast<std::uint32_t>(Case::seed + 1000 * static_cast<unsigned>(t));
    float x[Case::batch * Net::Input::size];
    golden::Draw{seed, 1, 2}.fill(Case::batch * Net::Input::size, x);
    std::conditional_t<classifier, std::uint8_t, float> target[Case::batch * outputs];
    fill_target<Case>(seed, outputs, target);
    const float loss = trainer.backpropagate(model, {x, Case::batch}, {target, Case::batch});
    golden::check_near(1, &loss, Case::losses + t, 1e-5);
    double norm = 0;
    for (int i = 0; i < Net::parameters; ++i) {
      const double g = static_cast<double>(trainer.gradients()[i]);
      norm += g * g;
    }
    norm = std::sqrt(norm);
    golden::check_near(1, &norm, Case::norms + t, 1e-4);
    trainer.apply(model);
  }
  golden::check_near(Net::parameters, model.parameters(), Case::weights, 1e-5);
}

}  // namespace

TEST_CASE("training with clipping gives PyTorch's losses, norms and weights") {
  golden::TrainingCases::each([](auto c) { check_training<decltype(c)>(); });
}

TEST_CASE("clipping scales the gradient to the norm, and leaves a smaller one alone") {
  using Net = mica::Sequential<mica::Input<1>, mica::Dense<1>>;
  static mica::Model<Net> model;
  static mica::Trainer<Net, mica::MeanSquaredError, SGD, 1> trainer;
  trainer.optimizer.learning_rate = 1;
  const auto step = [&](float clip) {
    trainer.reset();
    trainer.clip_norm = clip;
    model.parameters()[0] = model.parameters()[1] = 0;
    trainer.gradients()[0] = 3;
    trainer.gradients()[1] = -4;
    trainer.apply(model);
  };
  step(2.5f);
  CHECK(model.parameters()[0] == -1.5f);
  CHECK(model.parameters()[1] == 2);
  for (const float clip : {5.0f, 6.0f, 0.0f}) {
    step(clip);
    CHECK(model.parameters()[0] == -3);
    CHECK(model.parameters()[1] == 4);
  }
}
