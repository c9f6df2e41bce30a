// Small networks for sequences learn, and their weights have the same bits on every port afterwards. The constants
// change only when the numerical contract does.
#include <cstdio>

#include <mica/kernels.hpp>
#include <mica/layers/dense.hpp>
#include <mica/layers/embedding.hpp>
#include <mica/layers/gru.hpp>
#include <mica/layers/lstm.hpp>
#include <mica/layers/positional_encoding.hpp>
#include <mica/layers/self_attention.hpp>
#include <mica/layers/simple_rnn.hpp>
#include <mica/model.hpp>

#include <doctest/doctest.h>

#include "support.hpp"

namespace {

constexpr int batch = 8, words = 7;

// Plain gradient descent on the squared error; the answer is whether the first word of the sequence is above 3.
template <class Net>
struct Course {
  using On = typename Net::Bound;
  static constexpr int time = Net::Input::size;
  mica::Model<Net> model, gradient;
  typename On::template Cache<batch> cache;
  mica::Tensor<float, batch, time> x;
  mica::Tensor<float, batch, 1> y, dy;
  float scratch[On::train_scratch(batch)];

  // The mean error over the last tenth of the steps.
  double run(int steps, float rate) {
    model.initialize(42);
    tests::Numbers numbers(11);
    double error = 0;
    for (int i = 0; i < model.parameter_count; ++i) gradient.parameters()[i] = 0;
    for (int step = 0; step < steps; ++step) {
      for (float& word : x.values) word = static_cast<float>(numbers.below(words));
      const mica::StepContext<float> context = {scratch, mica::Random(0)};
      On::forward(model.params(), model.stats(), cache, {x.data(), batch}, {y.data(), batch}, context);
      for (int sample = 0; sample < batch; ++sample) {
        const float off = y[sample] - (x(sample, 0) > 3 ? 1.0f : -1.0f);
        dy[sample] = off / batch;
        if (step >= steps - steps / 10) error += static_cast<double>(off * off) / batch / (steps / 10);
      }
      On::backward(model.params(), gradient.params(), cache, {x.data(), batch}, {y.data(), batch}, {dy.data(), batch},
                   {nullptr, batch}, context);
      mica::kernels::sgd(model.parameter_count, rate, 0.0f, gradient.parameters(), model.parameters());
    }
    return error;
  }
};

template <class Net>
void check_course(const char* what, int steps, float rate, std::uint64_t hash) {
  static Course<Net> course;
  const double error = course.run(steps, rate);
  std::printf("%-10s %-8s %s, error %.3f\n", what, tests::Native::name, tests::Hex(course.model.hash()).text, error);
  CHECK(error < 0.2);  // 1 for an answer that does not look
  if (tests::fused) CHECK(course.model.hash() == hash);
}

using mica::Dense;
using mica::Embedding;
using mica::Input;
using mica::Sequential;
using Causal = mica::SelfAttention<2, mica::Causal>;

}  // namespace

TEST_CASE("SimpleRNN learns, with the same bits everywhere") {
  using Net = Sequential<Input<6>, Embedding<words, 4>, mica::SimpleRNN<8>, Dense<1>>;
  check_course<Net>("SimpleRNN", 1000, 0.05f, 0x72c165ea44e6dd74);
}
TEST_CASE("GRU learns, with the same bits everywhere") {
  using Net = Sequential<Input<10>, Embedding<words, 4>, mica::GRU<9>, Dense<1>>;
  check_course<Net>("GRU", 2000, 0.2f, 0xa0490ae9e1c7011e);
}
TEST_CASE("LSTM learns, with the same bits everywhere") {
  using Net = Sequential<Input<10>, Embedding<words, 4>, mica::LSTM<8>, Dense<1>>;
  check_course<Net>("LSTM", 2000, 0.2f, 0x6ea3f0e1399975e0);
}
TEST_CASE("attention learns, with the same bits everywhere") {
  using Net = Sequential<Input<10>, Embedding<words, 8>, mica::PositionalEncoding, mica::SelfAttention<2>, Causal,
                         mica::GRU<8>, Dense<1>>;
  check_course<Net>("Attention", 500, 0.05f, 0xf4fb959daa54db9d);
}
