// Diagnostics: what an observer sees of a step, against numbers by hand; and that looking changes nothing.
#include <cstring>

#include <doctest/doctest.h>

#include <mica/mica.hpp>

#include "support.hpp"

namespace {

using namespace mica;

// Digits in a batch, the same ones for every network.
template <class Net, int batch>
struct Batch {
  DataBatch<Net, SoftmaxCrossEntropy, batch> data;
  Batch() {
    const auto digits = SyntheticDigits<typename Net::Input>::training(batch, 1);
    const Status status = data.gather(digits, 0, batch, [](std::uint32_t i) { return i; });
    REQUIRE(status.ok());
  }
};

// Trains two models for some steps, one of them watched; everything must come out alike.
template <class Net, class Optimizer, class Check = IgnoreNotFinite>
void check_same_bits(bool micro_batches = false) {
  static Model<Net> plain, watched, start;
  static Trainer<Net, SoftmaxCrossEntropy, Optimizer, 16, Check> plain_trainer, watched_trainer;
  static Diagnostics<Net> look;
  static Batch<Net, 16> batch;
  plain.initialize(3);
  watched.initialize(3);
  start = watched;
  look.since(start);
  plain_trainer.seed = watched_trainer.seed = 4;
  if constexpr (decltype(plain_trainer)::keeps_gradient) {
    plain_trainer.micro_batches = watched_trainer.micro_batches = micro_batches ? 2 : 1;
    plain_trainer.clip_norm = watched_trainer.clip_norm = 0.5f;
  }
  for (int step = 0; step < 6; ++step) {
    const float loss = plain_trainer.step(plain, batch.data.x(), batch.data.target());
    const float seen = watched_trainer.step(watched, batch.data.x(), batch.data.target(), look);
    CHECK(tests::bits_of(loss) == tests::bits_of(seen));
    CHECK(plain_trainer.correct() == watched_trainer.correct());
  }
  CHECK(plain.hash() == watched.hash());
  CHECK(plain.hash() != start.hash());
  for (int t = 0; t < look.tensors; ++t) CHECK(look.parameter(t).gradient.count > 0);
}

// Notes down who is asked.
struct Order : Observer {
  char text[40] = {};
  int length = 0;
  void note(char c) { text[length++] = c; }
  void before_pass() { note('('); }
  template <int i, class Values>
  void after_layer(Values) {
    note(static_cast<char>('0' + i));
  }
  template <int i, class Values>
  void before_backward(Values) {
    note(static_cast<char>('a' + i));
  }
  template <class Any>
  void after_pass(const Any&) {
    note(')');
  }
};

}  // namespace

TEST_CASE("statistics of numbers by hand") {
  ValueStatistics of;
  const float numbers[] = {3, 0, -1, 2};
  of.add(4, numbers);
  CHECK(of.count == 4);
  CHECK(of.zeros == 1);
  CHECK(of.mean == 1);
  CHECK(of.deviation == doctest::Approx(1.5811388));  // sqrt((4 + 1 + 4 + 1) / 4)
  CHECK(of.norm == doctest::Approx(3.7416574));       // sqrt(14)
  CHECK(of.root_mean_square() == doctest::Approx(1.8708287));
  CHECK(of.minimum == -1);
  CHECK(of.maximum == 3);
  CHECK(of.share_of_zeros() == 0.25f);
}

TEST_CASE("NaN and infinity are counted and otherwise left out") {
  const float infinity = tests::from_bits(0x7f800000), nan = tests::from_bits(0x7fc00000);
  const float numbers[] = {nan, 2, infinity, 4, -infinity, nan, nan};
  ValueStatistics of;
  of.add(7, numbers);
  CHECK(of.not_a_number == 3);
  CHECK(of.infinite == 2);
  CHECK(of.count == 2);
  CHECK(of.mean == 3);
  CHECK(of.deviation == 1);
  CHECK(of.minimum == 2);
  CHECK(of.maximum == 4);
  ValueStatistics none;
  none.add(1, &nan);
  CHECK_FALSE(none.empty());
  CHECK(none.count == 0);
  CHECK_FALSE(none.all_zero());
  none.add(1, numbers + 1);
  CHECK(none.not_a_number == 1);
  CHECK(none.mean == 2);
}

TEST_CASE("neither large nor small nor equal numbers lose anything") {
  const float large[] = {3e38f, -3e38f, 3e38f, -3e38f};
  ValueStatistics of;
  of.add(4, large);
  CHECK(of.mean == 0);
  CHECK(of.deviation == doctest::Approx(3e38));
  CHECK(of.norm == tests::from_bits(0x7f7fffff));  // 6e38 is beyond the largest number
  const float small[] = {3e-30f, 4e-30f};
  of = {};
  of.add(2, small);
  CHECK(of.norm == doctest::Approx(5e-30).epsilon(1e-6));
  CHECK(of.deviation == doctest::Approx(0.5e-30).epsilon(1e-6));
  static float equal[1000];
  for (float& x : equal) x = 0.1f;
  of = {};
  of.add(1000, equal);
  CHECK(of.deviation == 0);
  CHECK(of.mean == 0.1f);
  // 10,000 numbers around 1000: the deviation is not lost beside the mean.
  static float around[10000];
  for (int i = 0; i < 10000; ++i) around[i] = 1000.0f + static_cast<float>(i % 2) * 0.25f;
  of = {};
  of.add(10000, around);
  CHECK(of.deviation == doctest::Approx(0.125).epsilon(1e-6));
  CHECK(of.mean == doctest::Approx(1000.125).epsilon(1e-7));
}

TEST_CASE("numbers taken in parts give what they give at once; changes are differences") {
  tests::Numbers random(1);
  static float numbers[1000], moved[1000];
  for (int i = 0; i < 1000; ++i) {
    numbers[i] = random.even() * 3 + 1;
    moved[i] = numbers[i] + (i % 2 == 0 ? 0.5f : -0.25f);
  }
  ValueStatistics whole, parts, change;
  whole.add(1000, numbers);
  parts.add(100, numbers);
  parts.add(750, numbers + 100);
  parts.add(150, numbers + 850);
  CHECK(parts.count == 1000);
  CHECK(parts.mean == doctest::Approx(whole.mean).epsilon(1e-6));
  CHECK(parts.deviation == doctest::Approx(whole.deviation).epsilon(1e-6));
  CHECK(parts.norm == doctest::Approx(whole.norm).epsilon(1e-6));
  CHECK(parts.minimum == whole.minimum);
  CHECK(parts.maximum == whole.maximum);
  change.add_change(1000, moved, numbers);
  CHECK(change.mean == doctest::Approx(0.125).epsilon(1e-5));
  CHECK(change.maximum == doctest::Approx(0.5).epsilon(1e-5));
}

TEST_CASE("units that are 0 everywhere are dead, and saturation is |z| beyond 4") {
  LayerReport report;
  const float y[] = {0, 1, 0, 0, 2, 0};  // two samples of three units
  report.look(6, 3, Activation::rectifier, y);
  CHECK(report.dead_units == 2);
  CHECK_FALSE(report.units_alike);
  CHECK(report.saturated == 0);

  const float z[] = {-4.01f, -3.99f, 0, 3.99f, 4.01f, 30};
  float s[6];
  kernels::sigmoid(6, z, s);
  report = {};
  report.look(6, 1, Activation::sigmoid, s);
  CHECK(report.saturated == 3);
  CHECK(report.share_saturated() == 0.5f);
  kernels::tanh(6, z, s);
  report = {};
  report.look(6, 1, Activation::tanh, s);
  CHECK(report.saturated == 3);
  report = {};
  report.look(6, 1, Activation::rectifier, z);
  CHECK(report.saturated == 0);

  const float alike[] = {5, 5, 5, 7, 7, 7};
  report = {};
  report.look(6, 3, Activation::linear, alike);
  CHECK(report.units_alike);
}

TEST_CASE("one step of two units by hand") {
  // y = w2 (w1 x + b1) + b2 with w1 = 3, w2 = 2, biases 0; x = 1, 2; the target is 0; loss (y - t)^2.
  using Net = Sequential<Input<1>, Dense<1, Constant<3>>, Dense<1, Constant<2>>>;
  static Model<Net> model, start;
  static Trainer<Net, MeanSquaredError, SGD, 2> trainer;
  static Diagnostics<Net> look;
  model.initialize(1);
  start = model;
  look.since(start);
  trainer.optimizer.learning_rate = 0.001f;
  const float x[] = {1, 2}, target[] = {0, 0};
  const float loss = trainer.step(model, {x, 2}, {target, 2}, look);
  CHECK(loss == 90);                         // (6^2 + 12^2) / 2
  CHECK(look.layer(0).output.mean == 4.5f);  // 3 and 6
  CHECK(look.layer(0).output.deviation == 1.5f);
  CHECK(look.layer(1).output.maximum == 12);
  CHECK(look.layer(1).output_gradient.mean == 9);   // dy = 2 y / 2: 6 and 12
  CHECK(look.layer(0).output_gradient.mean == 18);  // dy w2: 12 and 24
  CHECK(look.facts(1).first_tensor == 2);
  CHECK(look.is_weight(2));
  CHECK_FALSE(look.is_weight(3));
  CHECK(look.parameter(0).gradient.mean == 60);  // 12 * 1 + 24 * 2
  CHECK(look.parameter(1).gradient.mean == 36);
  CHECK(look.parameter(2).gradient.mean == 90);  // 6 * 3 + 12 * 6
  CHECK(look.parameter(3).gradient.mean == 18);
  // Behind the step.
  CHECK(look.parameter(2).value.mean == doctest::Approx(1.91));
  CHECK(look.parameter(2).change.mean == doctest::Approx(-0.09));
  CHECK(look.parameter(3).change.norm == doctest::Approx(0.018));
  char name[40];
  SentenceWriter writer(name, sizeof name);
  look.write_name(1, writer);
  CHECK(std::strstr(name, "Dense<1") == name);
}

TEST_CASE("a watched step has the bits of one that is not") {
  using Mlp = Sequential<Input<8, 8, 1>, Dense<16>, BatchNorm<>, ReLU, Dropout<1, 5>, Dense<12>, Tanh, Dense<10>>;
  using Cnn = Sequential<Input<8, 8, 1>, Conv2d<4, 3, Same>, ReLU, MaxPool2d<2>, Conv2d<6, 3, Same>, Sigmoid, Dense<10>,
                         Residual<Dense<10>, PReLU>>;
  using CnnApart = Sequential<Input<8, 8, 1>, Conv2d<4, 3, Same>, ReLU, MaxPool2d<2>, Dense<10>>;
  check_same_bits<Mlp, SGDMomentum>();
  check_same_bits<Mlp, SGDMomentum>(true);
  check_same_bits<Mlp, Adam, StopAtNotFinite>();
  check_same_bits<Mlp, FusedUpdate<SGDMomentum>>();
  check_same_bits<Cnn, SGDMomentum>();
  check_same_bits<CnnApart, SGDMomentum>();
  check_same_bits<Unfused<CnnApart>, SGDMomentum>();
}

TEST_CASE("with the update fused into the way back, the gradients of large layers are seen part by part") {
  using Net = Sequential<Input<8, 8, 1>, Dense<120>, ReLU, Dense<10>>;
  static Model<Net> model, fused_model;
  static Trainer<Net, SoftmaxCrossEntropy, SGD, 16> trainer;
  static Trainer<Net, SoftmaxCrossEntropy, FusedUpdate<SGD>, 16> fused_trainer;
  static Diagnostics<Net> look, fused_look;
  static Batch<Net, 16> batch;
  model.initialize(5);
  fused_model.initialize(5);
  trainer.step(model, batch.data.x(), batch.data.target(), look);
  fused_trainer.step(fused_model, batch.data.x(), batch.data.target(), fused_look);
  for (int t = 0; t < look.tensors; ++t) {
    CAPTURE(t);
    const ValueStatistics &one = look.parameter(t).gradient, &other = fused_look.parameter(t).gradient;
    CHECK(one.count == other.count);
    CHECK(one.zeros == other.zeros);
    CHECK(one.norm == doctest::Approx(other.norm).epsilon(1e-5));
    CHECK(one.minimum == other.minimum);
    CHECK(one.maximum == other.maximum);
  }
}

TEST_CASE("a watched prediction has the bits of one that is not") {
  using Net = Sequential<Input<8, 8, 1>, Conv2d<4, 3, Same>, ReLU, MaxPool2d<2>, BatchNorm<>, Dense<10>, Sigmoid>;
  static Model<Net> model;
  static Predictor<Net, 16> predict;
  static Diagnostics<Net> look;
  static Batch<Net, 16> batch;
  model.initialize(6);
  static float plain[160], watched[160];
  predict(model, batch.data.x(), {plain, 16});
  predict(model, batch.data.x(), {watched, 16}, look);
  CHECK(std::memcmp(plain, watched, sizeof plain) == 0);
  CHECK(look.layer(Net::Bound::layers - 1).output.count == 160);
  CHECK(look.layer(0).output_gradient.empty());
}

TEST_CASE("an observer of one's own is asked in the order of the pass") {
  using Net = Sequential<Input<8, 8, 1>, Dense<5>, ReLU, Dense<10>>;
  static Order order;
  static Model<Net> model;
  static Trainer<Net, SoftmaxCrossEntropy, SGD, 16> trainer;
  static Batch<Net, 16> batch;
  trainer.step(model, batch.data.x(), batch.data.target(), order);
  CHECK(std::strcmp(order.text, "(012cba)") == 0);
}

TEST_CASE("memory is what the page says") {
  using Net = Sequential<Input<8, 8, 1>, Dense<16>, ReLU, Dense<10>>;
  static_assert(sizeof(ValueStatistics) == 36, "");
  static_assert(sizeof(LayerReport) == 88, "");
  static_assert(sizeof(ParameterReport) == 108, "");
  CHECK(sizeof(Diagnostics<Net>) <= 3 * sizeof(LayerReport) + 4 * sizeof(ParameterReport) + 2 * sizeof(void*));
  // A trainer or predictor that nobody watches has no room for an observer: it has only its named parts.
  using Plain = Trainer<Net, SoftmaxCrossEntropy, SGD, 16>;
  CHECK(sizeof(Predictor<Net>) == Predictor<Net>::memory_bytes);
  using Loss = SoftmaxCrossEntropy::On<Net::Output, float>;
  const std::size_t parts =
      sizeof(Net::Params) + sizeof(Net::Bound::Cache<16>) +
      sizeof(float) * (16 * Net::Output::size + largest({Net::Bound::train_scratch(16), Loss::scratch(16)}));
  const std::size_t settings_and_batch = sizeof(Plain) - parts;
  CHECK(settings_and_batch < 200);
  CHECK(settings_and_batch + sizeof(LayerReport) < sizeof(Diagnostics<Net>));
}
