// Training steps: by hand, against numerical gradients of the same chain in double, and bit for bit.
#include <cmath>
#include <cstring>
#include <new>

#include <doctest/doctest.h>
#include <mica/mica.hpp>

#include "support.hpp"

namespace {

using namespace mica;
using tests::bits_of;
using tests::Numbers;

template <int count>
void fill(float (&values)[count], Numbers& numbers) {
  for (float& value : values) value = numbers.even();
}

template <class Net>
void set(Model<Net>& model, const float (&values)[Net::parameters]) {
  std::memcpy(model.parameters(), values, sizeof values);
}

template <class Trained>
void check_gradients(Trained& trainer, std::initializer_list<float> expected) {
  int i = 0;
  for (const float g : expected) {
    CAPTURE(i);
    CHECK(trainer.gradients()[i++] == g);
  }
}

// The mean squared error of the chain in double, at parameters w.
template <class Net>
double error_in_double(const double* w, const double* x, const double* target, int batch) {
  using Chain = typename Net::template In<double>;
  typename Chain::Params params;
  std::memcpy(&params, w, sizeof params);
  static double scratch[20000], y[1000];
  REQUIRE(Chain::infer_scratch(batch) <= 20000);
  Chain::infer(params, {}, {x, batch}, {y, batch}, scratch);
  double sum = 0;
  const int n = batch * Net::Output::size;
  for (int i = 0; i < n; ++i) sum += (y[i] - target[i]) * (y[i] - target[i]) / n;
  return sum;
}

}  // namespace

TEST_CASE("one step of a single neuron") {
  using Net = Sequential<Input<2>, Dense<1>>;
  Model<Net> model;
  set(model, {1, -2, 0.5f});
  Trainer<Net, MeanSquaredError, SGD, 1> trainer;
  trainer.optimizer.learning_rate = 0.125f;
  const Tensor<float, 1, 2> x = {{2, 1}};
  const Tensor<float, 1, 1> target = {{1.5f}};
  // y = 1/2, loss = 1, dy = -2, dw = (-4, -2), db = -2
  CHECK(trainer.step(model, x, target) == 1.0f);
  CHECK(model.parameters()[0] == 1.5f);
  CHECK(model.parameters()[1] == -1.75f);
  CHECK(model.parameters()[2] == 0.75f);
  CHECK(trainer.steps() == 1);
  CHECK(trainer.loss() == 1.0f);
  check_gradients(trainer, {0, 0, 0});
}

TEST_CASE("the way back through a ReLU that is shut for one neuron, two samples") {
  using Net = Sequential<Input<2>, Dense<2>, ReLU, Dense<1>>;
  Model<Net> model;
  set(model, {1, -1, 0.5f, -0.5f, 0, 0.5f, 3, 5, -1});
  Trainer<Net, MeanSquaredError, SGD, 2> trainer;
  // Sample 1: z = (2, -1.5), h = (2, 0), y = 5, difference 1. Sample 2: z = (-2, 2.5), h = (0, 2.5), y = 11.5, 1.5.
  const Tensor<float, 2, 2> x = {{1, 2, -2, 0}};
  const Tensor<float, 2, 1> target = {{4, 10}};
  CHECK(trainer.backpropagate(model, x, target) == (1 + 2.25f) / 2);
  // dy = difference: dW2 = (2, 3.75), db2 = 2.5, dh = (3, 5) and (4.5, 7.5), of which (3, 0) and (0, 7.5) are let through.
  check_gradients(trainer, {3, -15, 6, 0, 3, 7.5f, 2, 3.75f, 2.5f});
  // The same batch once more is added.
  trainer.backpropagate(model, x, target);
  check_gradients(trainer, {6, -30, 12, 0, 6, 15, 4, 7.5f, 5});
  CHECK(trainer.steps() == 0);
  trainer.optimizer.learning_rate = 0.5f;
  trainer.apply(model);
  CHECK(model.parameters()[0] == -2.0f);
  CHECK(model.parameters()[8] == -3.5f);
  check_gradients(trainer, {0, 0, 0, 0, 0, 0, 0, 0, 0});
}

TEST_CASE("a gradient longer than clip_norm is cut to it, a shorter one is not") {
  using Net = Sequential<Input<1>, Dense<2, Zeros>>;
  for (const float clip : {0.0f, 2.5f, 5.0f, 10.0f}) {
    Model<Net> model;
    set(model, {0, 0, 0, 0});
    Trainer<Net, MeanSquaredError, SGD, 1> trainer;
    trainer.optimizer.learning_rate = 1;
    trainer.clip_norm = clip;
    // x = 0: only the biases have a gradient, -target, here of length 5.
    const Tensor<float, 1, 1> x = {{0}};
    const Tensor<float, 1, 2> target = {{3, 4}};
    trainer.step(model, x, target);
    const float factor = clip == 2.5f ? 0.5f : 1.0f;
    CHECK(model.parameters()[2] == 3 * factor);
    CHECK(model.parameters()[3] == 4 * factor);
  }
}

TEST_CASE("cross-entropy of a small network against double") {
  using Net = Sequential<Input<2>, Dense<3>>;
  Model<Net> model;
  set(model, {0.5f, -1, 2, 1, 0.25f, -0.5f, 0.125f, 0, -0.25f});
  Trainer<Net, SoftmaxCrossEntropy, SGD, 2> trainer;
  const Tensor<float, 2, 2> x = {{1, 2, -1, 0.5f}};
  const Tensor<std::uint8_t, 2, 1> labels = {{2, 0}};
  double loss = 0, gradient[9] = {};
  int right = 0;
  for (int s = 0; s < 2; ++s) {
    double y[3], total = 0;
    for (int j = 0; j < 3; ++j) {
      const auto w = [&](int i) { return static_cast<double>(model.parameters()[i]); };
      y[j] = static_cast<double>(x(s, 0)) * w(j) + static_cast<double>(x(s, 1)) * w(3 + j) + w(6 + j);
      total += std::exp(y[j]);
    }
    loss += (std::log(total) - y[labels[s]]) / 2;
    right += y[labels[s]] >= y[0] && y[labels[s]] >= y[1] && y[labels[s]] >= y[2] ? 1 : 0;
    for (int j = 0; j < 3; ++j) {
      const double d = (std::exp(y[j]) / total - (labels[s] == j ? 1 : 0)) / 2;
      for (int i = 0; i < 2; ++i) gradient[3 * i + j] += static_cast<double>(x(s, i)) * d;
      gradient[6 + j] += d;
    }
  }
  CHECK(static_cast<double>(trainer.backpropagate(model, x, labels)) == doctest::Approx(loss).epsilon(1e-6));
  CHECK(trainer.correct() == right);
  for (int i = 0; i < 9; ++i) CHECK(std::fabs(static_cast<double>(trainer.gradients()[i]) - gradient[i]) < 2e-7);
}

// Sigmoid and Softmax at the end read their output on the way back; Tanh in front has nothing to train.
TEST_CASE_TEMPLATE("gradients of whole chains are the numerical gradients of the chain in double", Net,
                   Sequential<Input<4>, Dense<5>, Tanh, Dense<3>, Sigmoid>,
                   Sequential<Input<2, 2>, Dense<5>, PReLU, Dense<3>, Softmax>,
                   Sequential<Input<4>, Tanh, Dense<5>, LeakyReLU<1, 10>, Dense<3>>,
                   Sequential<Input<4>, ReLU, ReLU, Dense<6>, ReLU, ReLU, Dense<3>, Tanh, Sigmoid>,
                   Sequential<Input<4>, PReLU, Sigmoid>) {
  constexpr int batch = 7, outputs = Net::Output::size;
  Numbers numbers(1);
  Model<Net> model;
  model.initialize(3);
  // Biases of 0 would leave samples on the bend of a rectifier.
  for (int i = 0; i < Net::parameters; ++i) model.parameters()[i] += 0.1f * numbers.even();
  float x[4 * batch], target[outputs * batch];
  double wide_x[4 * batch], wide_target[outputs * batch], w[Net::parameters];
  fill(x, numbers);
  fill(target, numbers);
  for (int i = 0; i < 4 * batch; ++i) wide_x[i] = static_cast<double>(x[i]);
  for (int i = 0; i < outputs * batch; ++i) wide_target[i] = static_cast<double>(target[i]);
  for (int i = 0; i < Net::parameters; ++i) w[i] = static_cast<double>(model.parameters()[i]);

  Trainer<Net, MeanSquaredError, SGD, 9> trainer;
  const float loss = trainer.backpropagate(model, {x, batch}, {target, batch});
  CHECK(static_cast<double>(loss) ==
        doctest::Approx(error_in_double<Net>(w, wide_x, wide_target, batch)).epsilon(1e-5));
  const double step = 1e-5;
  for (int i = 0; i < Net::parameters; ++i) {
    const double before = w[i];
    w[i] = before + step;
    const double above = error_in_double<Net>(w, wide_x, wide_target, batch);
    w[i] = before - step;
    const double below = error_in_double<Net>(w, wide_x, wide_target, batch);
    w[i] = before;
    CAPTURE(i);
    CHECK(std::fabs((above - below) / (2 * step) - static_cast<double>(trainer.gradients()[i])) < 1e-5);
  }
}

TEST_CASE("a chain as a layer also gives the gradient of its input, and leaves the input alone") {
  using Net = Sequential<Input<4>, LeakyReLU<1, 2>, Dense<3>, Tanh>;
  using Chain = Net::In<float>;  // Net::Bound, the whole network, is never asked for it
  Numbers numbers(2);
  static Chain::Params params, gradient;
  static Chain::Stats stats;
  Chain::initialize(params, stats, {Activation::linear, 0}, Random(1));
  float x[8], target[6], y[6], dy[6], dx[8], scratch[Chain::train_scratch(2) + 1];
  fill(x, numbers);
  fill(target, numbers);
  double wide_x[8], wide_target[6], w[Net::parameters];
  for (int i = 0; i < 8; ++i) wide_x[i] = static_cast<double>(x[i]);
  for (int i = 0; i < 6; ++i) wide_target[i] = static_cast<double>(target[i]);
  for (int i = 0; i < Net::parameters; ++i) w[i] = static_cast<double>(reinterpret_cast<const float*>(&params)[i]);
  static Chain::Cache<2> cache;
  const StepContext<float> context{scratch, Random(0)};
  Chain::forward<2>(params, stats, cache, {x, 2}, {y, 2}, context);
  for (int i = 0; i < 6; ++i) dy[i] = 2 * (y[i] - target[i]) / 6;
  Chain::backward<2>(params, gradient, cache, {x, 2}, {y, 2}, {dy, 2}, {dx, 2}, context);
  for (int i = 0; i < 8; ++i) {
    CHECK(static_cast<double>(x[i]) == wide_x[i]);
    const double step = 1e-5, before = wide_x[i];
    wide_x[i] = before + step;
    const double above = error_in_double<Net>(w, wide_x, wide_target, 2);
    wide_x[i] = before - step;
    const double below = error_in_double<Net>(w, wide_x, wide_target, 2);
    wide_x[i] = before;
    CHECK(std::fabs((above - below) / (2 * step) - static_cast<double>(dx[i])) < 1e-5);
  }
}

TEST_CASE("the schedule multiplies the learning rate of each step") {
  using Net = Sequential<Input<1>, Dense<1, Zeros>>;
  Model<Net> model;
  set(model, {0, 0});
  Trainer<Net, MeanSquaredError, SGD, 1> trainer;
  trainer.optimizer.learning_rate = 1;
  trainer.schedule = Schedule::step(2, 0.5f);
  const Tensor<float, 1, 1> x = {{0}}, target = {{1}};
  for (const float rate : {1.0f, 1.0f, 0.5f, 0.5f, 0.25f}) {
    CHECK(trainer.learning_rate() == rate);
    trainer.step(model, x, target);
  }
}
