// Frozen layers: the contract, the memory that they spare, and training of what is left, bit for bit as if the whole
// network had been gone through.
#include <cstring>
#include <string>

#include <doctest/doctest.h>
#include <mica/mica.hpp>
#include <mica/testing/check_layer.hpp>

#include "kept_contract.hpp"

namespace {

using namespace mica;

template <class Layer, class InputShape, int batch = 4>
void check() {
  tests::expect_kept(check_layer<Layer, InputShape, batch>());
}

// Everything a step needs, with the numbers it is fed.
template <class Net, class Optimizer = SGD, int batch = 6>
struct Training {
  Model<Net> model{};
  Trainer<Net, SoftmaxCrossEntropy, Optimizer, batch> trainer{};
  float images[batch * Net::Input::size];
  std::uint8_t labels[batch];

  Training() {
    model.initialize(7);
    trainer.reset();
    trainer.optimizer.learning_rate = 0.1f;
    for (int i = 0; i < batch * Net::Input::size; ++i) images[i] = static_cast<float>((i * 37) % 19) / 9 - 1;
    for (int i = 0; i < batch; ++i) labels[i] = static_cast<std::uint8_t>(i % Net::Output::size);
  }
  float step() { return trainer.step(model, {images, batch}, {labels, batch}); }
};

using Plain = Sequential<Input<6, 6, 2>, Conv2d<3, 3, Same>, ReLU, AvgPool2d<2>, Dense<8>, Tanh, Dense<4>>;
using LastOnly = FreezeFirst<5, Plain>;
using MiddleFrozen =
    Sequential<Input<6, 6, 2>, Conv2d<3, 3, Same>, ReLU, AvgPool2d<2>, Frozen<Dense<8>>, Tanh, Dense<4>>;

template <class Params, class Other>
bool same_numbers(const Params& a, const Other& b) {
  static_assert(sizeof(Params) == sizeof(Other), "");
  return std::memcmp(&a, &b, sizeof a) == 0;
}

}  // namespace

TEST_CASE("Frozen layers keep the contract on the way back") {
  check<Frozen<Dense<3>>, Shape<5>>();
  check<Frozen<Conv2d<3, 3, Same, 2>>, Shape<5, 4, 2>>();
  check<Frozen<DepthwiseConv2d<3>>, Shape<5, 4, 2>>();
  check<Frozen<ConvTranspose2d<3, 2, Valid, 2>>, Shape<3, 4, 2>>();
  check<Frozen<Conv1d<3, 3>>, Shape<5, 2>>();
  check<Frozen<BatchNorm<>>, Shape<3, 2>, 1>();
  check<Frozen<LayerNorm<>>, Shape<3, 4>>();  // its gradient is worked out and thrown away
  check<Frozen<GRU<4, LastState>>, Shape<5, 3>>();
  check<Frozen<PReLU>, Shape<3, 2>>();
  check<Frozen<Tanh>, Shape<3, 2>>();
  check<Frozen<Dropout<1, 2>>, Shape<3, 2>>();
  check<Frozen<Residual<Dense<4>, BatchNorm<>, Dropout<1, 2>>>, Shape<4>, 1>();
  check<Frozen<Residual<Shortcut<Dense<3>>, Dense<3>, Tanh>>, Shape<5>>();
  check<Frozen<Concat<Branch<Dense<3>, Tanh>, Branch<>>>, Shape<4>>();
}

TEST_CASE("parameters of frozen layers are statistics, without gradient or optimizer state") {
  static_assert(LastOnly::parameters == 8 * 4 + 4, "");
  static_assert(LastOnly::parameters + LastOnly::statistics == Plain::parameters + Plain::statistics, "");
  static_assert(sizeof(Model<LastOnly>) == sizeof(Model<Plain>), "");
  using State = Trainer<LastOnly, SoftmaxCrossEntropy, Adam, 6>::State;
  static_assert(sizeof(State) == 2 * sizeof(float) * LastOnly::parameters, "");

  // Only the input of the last layer is kept; what lies in front of it takes turns in two buffers, as at test time.
  using Plan = LastOnly::Bound::Plan;
  static_assert(Plan::first_backward == 5 && Plan::forward.kept == 8, "");
  static_assert(Plan::forward.turns == 6 * 6 * 3 + 3 * 3 * 3 && Plan::gradient.turns == 0, "");
  constexpr int numbers = 2 * LastOnly::parameters + 6 * (8 + 4 + Plan::forward.turns);
  constexpr int panels = LastOnly::Bound::train_scratch(6) - 6 * Plan::forward.turns;
  static_assert(sizeof(Trainer<LastOnly, SoftmaxCrossEntropy, SGDMomentum, 6>) <= 4 * (numbers + panels) + 160, "");
}

TEST_CASE("the last layer alone learns, as it would in the whole network") {
  static Training<Plain> whole;
  static Training<LastOnly> last;
  copy_weights(whole.model, last.model);
  const Model<LastOnly> before = last.model;
  whole.trainer.backpropagate(whole.model, {whole.images, 6}, {whole.labels, 6});
  last.trainer.backpropagate(last.model, {last.images, 6}, {last.labels, 6});
  CHECK(whole.trainer.loss() == last.trainer.loss());
  const float* const gradient = whole.trainer.gradients() + (Plain::parameters - LastOnly::parameters);
  CHECK(std::memcmp(gradient, last.trainer.gradients(), sizeof(float) * LastOnly::parameters) == 0);

  last.trainer.reset();
  const float first = last.step();
  for (int i = 0; i < 50; ++i) last.step();
  CHECK(last.trainer.loss() < first);
  CHECK(same_numbers(before.stats(), last.model.stats()));
  CHECK(!same_numbers(before.params(), last.model.params()));

  // Back into the whole network, which then predicts the same.
  static Model<Plain> trained;
  copy_weights(last.model, trained);
  static Predictor<Plain> predict;
  static Predictor<LastOnly> predict_frozen;
  float y[4], y_frozen[4];
  predict(trained, {whole.images, 1}, {y, 1});
  predict_frozen(last.model, {whole.images, 1}, {y_frozen, 1});
  CHECK(std::memcmp(y, y_frozen, sizeof y) == 0);
}

TEST_CASE("a frozen layer in the middle hands the gradient down") {
  static Training<Plain> whole;
  static Training<MiddleFrozen> middle;
  copy_weights(whole.model, middle.model);
  whole.trainer.backpropagate(whole.model, {whole.images, 6}, {whole.labels, 6});
  middle.trainer.backpropagate(middle.model, {middle.images, 6}, {middle.labels, 6});
  constexpr int convolution = 3 * 3 * 2 * 3 + 3;
  CHECK(std::memcmp(whole.trainer.gradients(), middle.trainer.gradients(), sizeof(float) * convolution) == 0);
  CHECK(whole.trainer.gradients()[0] != 0);
}

TEST_CASE("frozen BatchNorm and Dropout do what they do at test time; training with one sample compiles") {
  using Net = Sequential<Input<6>, Dense<5>, BatchNorm<>, ReLU, Dropout<1, 2>, Dense<3>>;
  using Tuned = FreezeFirst<4, Net>;
  static Training<Net, SGD, 6> training;
  for (int i = 0; i < 20; ++i) training.step();
  static Training<Tuned, SGD, 1> tuning;
  copy_weights(training.model, tuning.model);
  const Model<Tuned> before = tuning.model;

  static Predictor<Net> predict;
  float y[3];
  predict(training.model, {tuning.images, 1}, {y, 1});
  float loss = 0;
  {
    using Loss = SoftmaxCrossEntropy::On<Shape<3>, float>;
    float scratch[Loss::scratch(1) + 1], dy[3];
    loss = Loss::evaluate({y, 1}, {tuning.labels, 1}, {dy, 1}, scratch).mean;
  }
  CHECK(tuning.step() == loss);
  CHECK(same_numbers(before.stats(), tuning.model.stats()));
}

TEST_CASE("names and fingerprints tell frozen networks apart") {
  Text<200> text;
  LastOnly::describe(text);
  CHECK(std::string(text.c_str()).find("Frozen<Dense<8>>, Frozen<Tanh>, Dense<4>") != std::string::npos);
  CHECK(LastOnly::fingerprint() != Plain::fingerprint());
  Text<200> nested;
  Frozen<Residual<Shortcut<Dense<2>>, Dense<2>>>::describe(nested);
  CHECK(std::string(nested.c_str()) == "Residual<Shortcut<Frozen<Dense<2>>>, Frozen<Dense<2>>>");
}
