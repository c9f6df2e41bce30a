// SimpleRNN, GRU and LSTM: by hand, against the contract, and step by step.
#include <cmath>
#include <cstdio>
#include <string>
#include <type_traits>

#include <mica/mica.hpp>
#include <mica/testing/check_layer.hpp>

#include <doctest/doctest.h>

#include "kept_contract.hpp"
#include "support.hpp"

using namespace tests;

namespace {

using mica::Shape;

template <class Layer, class Input, int batch = 3>
void expect_contract() {
  tests::expect_kept(mica::check_layer<Layer, Input, batch>());
}

// Both forms of a layer on short and long sequences, thin and odd sizes.
template <template <int, class, class, class> class Layer>
void expect_contract_of_all() {
  using mica::FullSequence;
  using mica::LastState;
  using I = mica::XavierNormal<>;
  using H = mica::Orthogonal<>;
  expect_contract<Layer<1, LastState, I, H>, Shape<1, 1>, 1>();
  expect_contract<Layer<1, FullSequence, I, H>, Shape<2, 1>, 1>();
  expect_contract<Layer<3, LastState, I, H>, Shape<8, 2>>();
  if (tests::on_board) {
    std::printf("left out: the longer sequences, which take minutes where double is software\n");
    return;
  }
  expect_contract<Layer<9, LastState, I, H>, Shape<3, 5>, 2>();
  expect_contract<Layer<2, LastState, I, H>, Shape<17, 3>, 13>();
  expect_contract<Layer<5, FullSequence, I, H>, Shape<9, 3>>();
  expect_contract<Layer<4, FullSequence, I, H>, Shape<23, 1>, 2>();
}

// One sample through a layer whose weights are 0: only the biases (each the same for all units) and the state count.
template <class Layer, int time>
struct Passed {
  using On = typename Layer::template On<Shape<time, 1>>;
  mica::testing::LayerBench<On, 1> bench;

  template <int biases>
  explicit Passed(const float (&bias)[biases]) {
    float* const params = mica::testing::numbers_of<float>(bench.start_params);
    for (int i = 0; i < bench.parameters; ++i) params[i] = 0;
    for (int i = 0; i < biases; ++i) bench.start_params.bias[i] = bias[i];
    for (int t = 0; t < time; ++t) bench.start_x.values[t] = 1;
    for (auto& dy : bench.start_dy.values) dy = 1;
    bench.reset(1);
    bench.forward(bench.y.data());
    bench.backward(bench.x.data(), bench.y.data(), bench.dy.data(), bench.dx.data());
  }
  const float* y() { return bench.y.data(); }
  auto& gradient() { return *bench.gradient; }
};

void expect_near(float got, double expected) {
  CHECK(std::fabs(static_cast<double>(got) - expected) <= 4e-7 * std::fabs(expected));
}

}  // namespace

TEST_CASE("SimpleRNN by hand") {
  using On = mica::SimpleRNN<1>::On<Shape<2, 1>>;
  static mica::testing::LayerBench<On, 1> bench;
  bench.start_x.values[0] = 1;
  bench.start_x.values[1] = -2;
  bench.start_params.input_weight[0] = 0.5f;
  bench.start_params.hidden_weight[0] = 2;
  bench.start_params.bias[0] = 0.25f;
  bench.start_dy.values[0] = 3;
  bench.reset(1);
  bench.forward(bench.y.data());
  const double h1 = std::tanh(0.75), h2 = std::tanh(0.25 - 1 + 2 * h1);
  expect_near(bench.y.data()[0], h2);

  bench.backward(bench.x.data(), bench.y.data(), bench.dy.data(), bench.dx.data());
  const double da2 = 3 * (1 - h2 * h2), da1 = da2 * 2 * (1 - h1 * h1);
  expect_near(bench.dx.data()[0], da1 * 0.5);
  expect_near(bench.dx.data()[1], da2 * 0.5);
  expect_near((*bench.gradient).input_weight[0], da1 - 2 * da2);
  expect_near((*bench.gradient).hidden_weight[0], da2 * h1);
  expect_near((*bench.gradient).bias[0], da1 + da2);
}

TEST_CASE("GRU by hand: without weights each step goes halfway to the candidate") {
  // r = z = 1/2, n = tanh(1/4 + 1/2 1/2)
  static Passed<mica::GRU<1, mica::FullSequence>, 3> passed({0, 0, 0.25f, 0.5f});
  const double n = std::tanh(0.5), slope = 1 - n * n;
  expect_near(passed.y()[0], n / 2);
  expect_near(passed.y()[1], n * 3 / 4);
  expect_near(passed.y()[2], n * 7 / 8);
  // dh = 1 at the end, and dh_{t-1} = 1 + dh_t / 2: 1, 3/2, 7/4.
  const double dn = (1 + 1.5 + 1.75) / 2 * slope;
  expect_near(passed.gradient().bias[2], dn);
  expect_near(passed.gradient().bias[3], dn / 2);
  expect_near(passed.gradient().bias[0], dn * 0.5 / 4);
  // da_z = dh (h_{t-1} - n) / 4
  expect_near(passed.gradient().bias[1], -n * (1.75 + 1.5 / 2 + 1.0 / 4) / 4);
}

TEST_CASE("LSTM by hand: without weights the memory goes halfway to twice what is put in") {
  // i = f = o = 1/2, g = tanh(1/2)
  static Passed<mica::LSTM<1>, 2> passed({0, 0, 0.5f, 0});
  const double g = std::tanh(0.5), c1 = g / 2, c2 = c1 / 2 + g / 2, s = std::tanh(c2);
  expect_near(passed.y()[0], s / 2);
  const double dc2 = (1 - s * s) / 2, dc1 = dc2 / 2;
  expect_near(passed.gradient().bias[0], (dc1 + dc2) * g / 4);
  expect_near(passed.gradient().bias[1], dc2 * c1 / 4);
  expect_near(passed.gradient().bias[2], (dc1 + dc2) / 2 * (1 - g * g));
  expect_near(passed.gradient().bias[3], s / 4);
}

TEST_CASE("SimpleRNN keeps the contract") { expect_contract_of_all<mica::SimpleRNN>(); }
TEST_CASE("GRU keeps the contract") { expect_contract_of_all<mica::GRU>(); }
TEST_CASE("LSTM keeps the contract") { expect_contract_of_all<mica::LSTM>(); }

TEST_CASE("recurrent layers in a network keep the contract") {
  using Net = mica::Sequential<mica::Input<9, 3>, mica::GRU<5, mica::FullSequence>,
                               mica::SimpleRNN<4, mica::FullSequence>, mica::ReLU, mica::LSTM<4>, mica::Dense<2>>;
  tests::expect_kept(mica::check_network<Net, 3>());
}

TEST_CASE_TEMPLATE("step by step gives the bits of infer over the sequence", Layer,
                   mica::SimpleRNN<7, mica::FullSequence>, mica::GRU<7, mica::FullSequence>,
                   mica::LSTM<7, mica::FullSequence>, mica::GRU<33, mica::FullSequence>,
                   mica::LSTM<1, mica::FullSequence>) {
  constexpr int time = 21, features = 3;
  using On = typename Layer::template On<Shape<time, features>>;
  constexpr int units = On::Output::extent(1);
  static typename On::Params params;
  typename On::Stats stats;
  On::initialize(params, stats, {mica::Activation::linear, 0}, mica::Random(5));
  static mica::Tensor<float, time, features> x;
  static mica::Tensor<float, time, units> y;
  static float scratch[On::infer_scratch(1)];
  Numbers numbers(3);
  for (float& value : x.values) value = 2 * numbers.even();
  On::infer(params, stats, x, y, scratch);

  static typename On::State state;
  static float step_scratch[On::step_scratch];
  for (int pass = 0; pass < 2; ++pass) {
    state.reset();
    int wrong = 0;
    for (int t = 0; t < time; ++t) {
      const auto h = On::step(params, state, {x.data() + t * features, 1}, step_scratch);
      for (int u = 0; u < units; ++u) wrong += bits_of(h.data[u]) != bits_of(y(t, u));
    }
    CHECK(wrong == 0);
  }
  // A state that is kept is another one.
  On::step(params, state, {x.data(), 1}, step_scratch);
  CHECK(state.hidden()[0] != y(0, 0));
}

TEST_CASE_TEMPLATE("the last state is the end of the full sequence", Layers,
                   std::pair<mica::GRU<5>, mica::GRU<5, mica::FullSequence>>,
                   std::pair<mica::LSTM<5>, mica::LSTM<5, mica::FullSequence>>,
                   std::pair<mica::SimpleRNN<5>, mica::SimpleRNN<5, mica::FullSequence>>) {
  constexpr int time = 19, batch = 3;
  using Last = typename Layers::first_type::template On<Shape<time, 2>>;
  using Full = typename Layers::second_type::template On<Shape<time, 2>>;
  static typename Last::Params params;
  static typename Full::Params same_params;
  typename Last::Stats stats;
  typename Full::Stats same_stats;
  Last::initialize(params, stats, {mica::Activation::linear, 0}, mica::Random(6));
  Full::initialize(same_params, same_stats, {mica::Activation::linear, 0}, mica::Random(6));
  static mica::Tensor<float, batch, time, 2> x;
  static mica::Tensor<float, batch, 5> last;
  static mica::Tensor<float, batch, time, 5> all;
  static float scratch[Full::infer_scratch(batch)];
  Numbers numbers(4);
  for (float& value : x.values) value = numbers.even();
  Last::infer(params, stats, x, last, scratch);
  Full::infer(same_params, same_stats, x, all, scratch);
  for (int i = 0; i < batch * 5; ++i) CHECK(bits_of(last[i]) == bits_of(all(i / 5, time - 1, i % 5)));
}

TEST_CASE("what decays through time becomes exactly 0 and never subnormal") {
  constexpr int time = 300;
  using On = mica::SimpleRNN<1, mica::FullSequence>::On<Shape<time, 1>>;
  static mica::testing::LayerBench<On, 1> bench;
  for (int t = 0; t < time; ++t) bench.start_x.values[t] = t == 0 ? 1 : 0;
  for (int t = 0; t < time; ++t) bench.start_dy.values[t] = t == time - 1 ? 1 : 0;
  bench.start_params.input_weight[0] = bench.start_params.hidden_weight[0] = 0.5f;
  bench.start_params.bias[0] = 0;
  bench.reset(1);
  bench.forward(bench.y.data());
  bench.backward(bench.x.data(), bench.y.data(), bench.dy.data(), bench.dx.data());
  int zeros = 0;
  for (int t = 0; t < time; ++t) {
    CHECK_FALSE(is_subnormal(bench.y.data()[t]));
    CHECK_FALSE(is_subnormal(bench.dx.data()[t]));
    zeros += (bench.y.data()[t] == 0) + (bench.dx.data()[t] == 0);
  }
  CHECK(bench.y.data()[90] > 0);
  CHECK(bench.dx.data()[time - 90] > 0);
  CHECK(zeros > 2 * (time - 110));
}

TEST_CASE("initial weights: each gate of the hidden weights is orthogonal, an LSTM remembers") {
  using On = mica::LSTM<6>::On<Shape<3, 4>>;
  static On::Params params;
  On::Stats stats;
  On::initialize(params, stats, {mica::Activation::linear, 0}, mica::Random(1));
  for (int gate = 0; gate < 4; ++gate) {
    for (int a = 0; a < 6; ++a) {
      CHECK(params.bias(gate, a) == (gate == On::forget_gate ? 1 : 0));
      for (int b = 0; b < 6; ++b) {
        double dot = 0;
        for (int from = 0; from < 6; ++from) {
          dot += static_cast<double>(params.hidden_weight(from, gate, a)) *
                 static_cast<double>(params.hidden_weight(from, gate, b));
        }
        CHECK(std::fabs(dot - (a == b ? 1 : 0)) < 2e-6);
      }
    }
  }
}

TEST_CASE("interleave_gates moves rows of units") {
  for (int gates = 1; gates <= 5; ++gates) {
    for (int rows = 1; rows <= 7; ++rows) {
      float x[5 * 7 * 2];
      for (int i = 0; i < gates * rows * 2; ++i) x[i] = static_cast<float>(i);
      mica::kernels::interleave_gates(gates, rows, 2, x);
      for (int i = 0; i < gates * rows * 2; ++i) {
        const int row = i / 2 / gates, gate = i / 2 % gates;
        CHECK(x[i] == static_cast<float>((gate * rows + row) * 2 + i % 2));
      }
    }
  }
}

TEST_CASE("memory is what the layers say") {
  using FullRNN = mica::SimpleRNN<8, mica::FullSequence>::On<Shape<10, 3>>;
  CHECK(std::is_empty_v<FullRNN::Cache<4>>);
  CHECK(sizeof(mica::SimpleRNN<8>::On<Shape<10, 3>>::Cache<4>) == 4 * 4 * 10 * 8);
  CHECK(sizeof(mica::GRU<8, mica::FullSequence>::On<Shape<10, 3>>::Cache<4>) == 4 * 4 * 10 * 8 * 4);
  CHECK(sizeof(mica::LSTM<8>::On<Shape<10, 3>>::Cache<4>) == 4 * 4 * 10 * 8 * 6);
  CHECK(mica::parameter_count<mica::SimpleRNN<8>::On<Shape<10, 3>>> == 8 * (3 + 8 + 1));
  CHECK(mica::parameter_count<mica::GRU<8>::On<Shape<10, 3>>> == 8 * (3 * 3 + 3 * 8 + 4));
  CHECK(mica::parameter_count<mica::LSTM<8>::On<Shape<10, 3>>> == 4 * 8 * (3 + 8 + 1));
  CHECK(sizeof(mica::GRU<8>::On<Shape<10, 3>>::State) == 4 * 8);
  CHECK(sizeof(mica::LSTM<8>::On<Shape<10, 3>>::State) == 4 * 16);
  CHECK(std::is_same_v<mica::GRU<8>::On<Shape<10, 3>>::Output, Shape<8>>);
  CHECK(std::is_same_v<FullRNN::Output, Shape<10, 8>>);
}

TEST_CASE("recurrent layers describe themselves") {
  mica::Text<99> text;
  mica::Sequential<mica::Input<9, 3>, mica::GRU<5, mica::FullSequence>, mica::LSTM<4, mica::FullSequence>,
                   mica::SimpleRNN<2>>::describe(text);
  CHECK(std::string(text.c_str()) ==
        "Sequential<Input<9, 3>, GRU<5, FullSequence>, LSTM<4, FullSequence>, SimpleRNN<2>>");
}
