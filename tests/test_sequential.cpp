// Networks as types: deduced shapes, which values share memory, how parameters lie, and every size as a number.
#include <cmath>
#include <cstring>
#include <type_traits>

#include <doctest/doctest.h>
#include <mica/mica.hpp>

namespace {

using namespace mica;

using Mlp = Sequential<Input<28, 28, 1>, Dense<128>, ReLU, Dense<10>>;
using Tiny = Sequential<Input<8, 8, 1>, Dense<32>, ReLU, Dense<10>>;
using Mixed = Sequential<Input<6>, Dense<5>, Tanh, Dense<4>, PReLU, Dense<3>, Sigmoid>;
using Twice = Sequential<Input<4>, ReLU, ReLU, Dense<3>, ReLU, ReLU>;

constexpr int panel = kernels::panel_size;

// Whether boundary i of a layout lies at `offset` of the chain's own memory.
template <class Layout>
constexpr bool at(const Layout& layout, int i, int offset) {
  return (layout.places[i].owner == Place::kept || layout.places[i].owner == Place::turns) &&
         layout.places[i].offset == offset;
}
template <class Layout>
constexpr bool outside(const Layout& layout, int i, Place::Owner owner) {
  return layout.places[i].owner == owner;
}

}  // namespace

TEST_CASE("shapes are deduced along the chain") {
  static_assert(std::is_same_v<Mlp::Input, Shape<28, 28, 1>> && std::is_same_v<Mlp::Output, Shape<10>>, "");
  static_assert(std::is_same_v<Mlp::Bound::LayerAt<2>::Input, Shape<128>>, "");
  static_assert(std::is_same_v<Mixed::Bound::LayerAt<3>::Output, Shape<4>>, "");
  static_assert(Mlp::Bound::LayerAt<0>::in == 784 && Mixed::Bound::LayerAt<4>::in == 4, "");
  static_assert(Mlp::Bound::layers == 3 && Mixed::Bound::layers == 6, "");
  static_assert(std::is_same_v<Sequential<Input<2, 3>, Softmax>::Output, Shape<2, 3>>, "an activation keeps the shape");
}

TEST_CASE("plan of mlp: the ReLU works in place, one buffer of 128 per sample is enough") {
  using Plan = Mlp::Bound::Plan;
  static_assert(Plan::forward.kept == 128 && Plan::forward.turns == 0, "");
  static_assert(Plan::infer.turns == 128 && Plan::gradient.turns == 128, "");
  for (const auto& layout : {Plan::forward, Plan::infer, Plan::gradient}) {
    CHECK(outside(layout, 0, Place::input));
    CHECK(at(layout, 1, 0));
    CHECK(at(layout, 2, 0));
    CHECK(outside(layout, 3, Place::output));
  }
  static_assert(Plan::first_trained() == 0, "");
}

TEST_CASE("plan of a mixed chain: PReLU reads its input again, the last Sigmoid works in the caller's memory") {
  using Plan = Mixed::Bound::Plan;
  // Kept: Tanh shares boundaries 1 and 2, PReLU keeps 3 and 4 apart, 5 and 6 are the caller's y.
  static_assert(Plan::forward.kept == 5 + 4 + 4, "");
  static_assert(
      at(Plan::forward, 1, 0) && at(Plan::forward, 2, 0) && at(Plan::forward, 3, 5) && at(Plan::forward, 4, 9), "");
  static_assert(outside(Plan::forward, 5, Place::output) && outside(Plan::forward, 6, Place::output), "");
  // Two buffers in turns: {1, 2}, {3}, {4}.
  static_assert(Plan::infer.turns == 5 + 4, "");
  static_assert(at(Plan::infer, 1, 0) && at(Plan::infer, 2, 0) && at(Plan::infer, 3, 5) && at(Plan::infer, 4, 0), "");
  static_assert(outside(Plan::infer, 5, Place::output), "");
  static_assert(Mixed::Bound::needs_output && Mixed::Bound::needs_input, "");
  static_assert(!Sequential<Input<3>, Tanh, Dense<2>>::Bound::needs_output, "");
}

TEST_CASE("plan of two rectifiers in a row: in training the first one's output is still read") {
  using Plan = Twice::Bound::Plan;
  static_assert(Plan::first_trained() == 2, "");
  // Nothing comes back to the first two, which share; 3 and 4 share, and the last ReLU must not write over 4.
  static_assert(Plan::first_backward == 2 && Plan::forward.kept == 4 + 3, "");
  static_assert(at(Plan::forward, 1, 0) && at(Plan::forward, 2, 0) && at(Plan::forward, 3, 4), "");
  static_assert(at(Plan::forward, 4, 4) && outside(Plan::forward, 5, Place::output), "");
  static_assert(Plan::gradient.turns == 0, "both work in the caller's dy");
  // Where the gradient of x is wanted too, boundary 1 is the first ReLU's own.
  using WithInput = Twice::In<float>::Plan;
  static_assert(WithInput::first_backward == 0 && WithInput::forward.kept == 4 + 4 + 3, "");
  static_assert(at(WithInput::forward, 1, 0) && at(WithInput::forward, 2, 4) && at(WithInput::forward, 3, 8), "");
  static_assert(Plan::infer.turns == 4, "");
  static_assert(outside(Plan::infer, 3, Place::output) && outside(Plan::infer, 4, Place::output), "");
}

TEST_CASE("plan of an average pool, whose backward reads no values: what it takes is not kept") {
  using Plan = Sequential<Input<4, 4, 1>, Conv2d<2, 3, Same>, AvgPool2d<2>, Dense<3>>::Bound::Plan;
  static_assert(Plan::forward.kept == 2 * 2 * 2 && Plan::forward.turns == 4 * 4 * 2, "");
  static_assert(outside(Plan::forward, 1, Place::turns) && outside(Plan::forward, 2, Place::kept), "");
}

TEST_CASE("plan of a Flatten: it shares its memory even where it is read again") {
  using Plan = Sequential<Input<2, 3>, Dense<6>, ReLU, Flatten, Dropout<1, 2>, Dense<3>, ReLU, Flatten>::Bound::Plan;
  // 1, 2 and 3 share; Dropout must not write over what ReLU reads behind Flatten's back.
  static_assert(at(Plan::forward, 1, 0) && at(Plan::forward, 2, 0) && at(Plan::forward, 3, 0), "");
  static_assert(at(Plan::forward, 4, 6) && Plan::forward.kept == 6 + 6, "");
  // The last Flatten works in the caller's y, which its ReLU reads.
  static_assert(outside(Plan::forward, 5, Place::output) && outside(Plan::forward, 7, Place::output), "");
  static_assert(Sequential<Input<2, 3>, Dense<6>, ReLU, Flatten>::Bound::needs_output, "");
}

TEST_CASE("a chain without weights has nothing to train") {
  using Net = Sequential<Input<4>, Tanh, Softmax>;
  static_assert(Net::parameters == 0 && Net::statistics == 0 && Net::Bound::Plan::first_trained() == 2, "");
  static_assert(std::is_empty_v<Net::Params>, "");
}

TEST_CASE("the activation that follows is found behind transparent layers") {
  using Plan = Mixed::Bound::Plan;
  constexpr Activation end = {Activation::linear, 0};
  static_assert(Plan::activation_after(0, end).kind == Activation::tanh, "");
  static_assert(Plan::activation_after(2, end).kind == Activation::rectifier, "");
  static_assert(Plan::activation_after(2, end).negative_slope == PReLU::initial_slope, "");
  static_assert(Plan::activation_after(4, end).kind == Activation::sigmoid, "");
  static_assert(Plan::activation_after(5, end).kind == Activation::linear, "");
  static_assert(Plan::activation_after(1, end).kind == Activation::weights, "");
}

TEST_CASE("sizes of mlp and tiny") {
  static_assert(Mlp::parameters == 784 * 128 + 128 + 128 * 10 + 10 && Mlp::parameters == 101770, "");
  static_assert(Mlp::statistics == 0, "");
  static_assert(sizeof(Model<Mlp>) == 4 * 101770, "a model is its numbers");
  static_assert(std::is_aggregate_v<Model<Mlp>> && std::is_trivial_v<Model<Mlp>>, "no constructor runs before main");
  static_assert(Tiny::parameters == 64 * 32 + 32 + 32 * 10 + 10 && sizeof(Model<Tiny>) == 4 * 2410, "");

  // Inference: two buffers that take turns (of which mlp needs one), and the panel for more than one sample.
  static_assert(Predictor<Mlp>::memory_bytes == 4 * 128 && sizeof(Predictor<Mlp>) == 4 * 128, "");
  static_assert(Predictor<Tiny>::memory_bytes == 4 * 32, "");
  static_assert(Predictor<Mlp, 32>::memory_bytes == 4 * (32 * 128 + panel), "");
  static_assert(Predictor<Mixed>::memory_bytes == 4 * 9, "");

  // Training: gradient, velocity, kept values, gradients on the way back with the panel, output; and some settings.
  using MlpTrainer = Trainer<Mlp, SoftmaxCrossEntropy, SGDMomentum, 32>;
  constexpr int numbers = 2 * 101770 + 32 * 128 + 32 * 128 + panel + 32 * 10;
  static_assert(sizeof(MlpTrainer) >= 4 * numbers && sizeof(MlpTrainer) <= 4 * numbers + 160, "");
  using TinyTrainer = Trainer<Tiny, SoftmaxCrossEntropy, SGD, 8>;
  constexpr int tiny_numbers = 2410 + 8 * 32 + 8 * 32 + panel + 8 * 10;
  static_assert(sizeof(TinyTrainer) >= 4 * tiny_numbers && sizeof(TinyTrainer) <= 4 * tiny_numbers + 160, "");
  static_assert(TinyTrainer::state_count == 0 && MlpTrainer::state_count == 101770, "");
}

TEST_CASE("the same chain in double has the same counts") {
  static_assert(sizeof(Mlp::In<double>::Params) == 8 * 101770, "");
  static_assert(parameter_count<Mixed::In<double>> == Mixed::parameters, "");
  static_assert(Mixed::In<double>::Plan::forward.kept == Mixed::Bound::Plan::forward.kept, "");
  static_assert(sizeof(Mixed::In<double>::Cache<2>) == 8 * 2 * 13, "");
}

TEST_CASE("parameters are one block in the order of the layers, weight before bias, rows are inputs") {
  Model<Mixed> model;
  for (int i = 0; i < Mixed::parameters; ++i) model.parameters()[i] = static_cast<float>(i);
  const auto& first = item_at<0>(model.params());
  const auto& second = item_at<2>(model.params());
  const auto& slopes = item_at<3>(model.params());
  const auto& third = item_at<4>(model.params());
  CHECK(first.weight(0, 0) == 0.0f);
  CHECK(first.weight(0, 4) == 4.0f);
  CHECK(first.weight(1, 0) == 5.0f);
  CHECK(first.bias(0) == 30.0f);
  CHECK(second.weight(0, 0) == 35.0f);
  CHECK(second.bias(3) == 58.0f);
  CHECK(slopes.slope(0) == 59.0f);
  CHECK(third.weight(3, 2) == 74.0f);
  CHECK(third.bias(2) == 77.0f);
  CHECK(Mixed::parameters == 78);
}

TEST_CASE("the hash is FNV-1a over the bits, lowest byte first, and sees every bit") {
  using Net = Sequential<Input<1>, Dense<1>>;
  Model<Net> model;
  model.parameters()[0] = 1.0f;   // 00 00 80 3f
  model.parameters()[1] = -2.0f;  // 00 00 00 c0
  std::uint64_t expected = 0xcbf29ce484222325;
  for (const unsigned byte : {0x00u, 0x00u, 0x80u, 0x3fu, 0x00u, 0x00u, 0x00u, 0xc0u}) {
    expected = (expected ^ byte) * 0x100000001b3;
  }
  CHECK(model.hash() == expected);
  model.parameters()[1] = std::nextafter(-2.0f, 0.0f);
  CHECK(model.hash() != expected);
}

TEST_CASE("initialize: a function of the seed, every layer drawn on its own") {
  static Model<Mlp> a, b;
  a.initialize(42);
  b.initialize(42);
  CHECK(a.hash() == b.hash());
  b.initialize(43);
  CHECK(a.hash() != b.hash());
  const auto& first = item_at<0>(a.params());
  const auto& last = item_at<2>(a.params());
  CHECK(first.weight[0] != last.weight[0]);
  for (int i = 0; i < 128; ++i) CHECK(first.bias[i] == 0.0f);
  // A ReLU follows the first layer: 2 / fan-in. Nothing follows the last: 2 / (fan-in + fan-out).
  double square = 0;
  for (const float w : first.weight.values) square += static_cast<double>(w) * static_cast<double>(w);
  CHECK(square / first.weight.size == doctest::Approx(2.0 / 784).epsilon(0.02));
  square = 0;
  for (const float w : last.weight.values) square += static_cast<double>(w) * static_cast<double>(w);
  CHECK(square / last.weight.size == doctest::Approx(2.0 / 138).epsilon(0.15));
}

TEST_CASE("a network describes itself as it was written, and its fingerprint follows from that") {
  Text<200> text;
  Mixed::describe(text);
  CHECK(std::strcmp(text.c_str(), "Sequential<Input<6>, Dense<5>, Tanh, Dense<4>, PReLU, Dense<3>, Sigmoid>") == 0);
  Text<200> image;
  Sequential<Input<28, 28, 1>, LeakyReLU<1, 50>, Softmax>::describe(image);
  CHECK(std::strcmp(image.c_str(), "Sequential<Input<28, 28, 1>, LeakyReLU<1, 50>, Softmax>") == 0);

  std::uint64_t expected = 0xcbf29ce484222325;
  for (const char* c = text.c_str(); *c != '\0'; ++c) {
    expected = (expected ^ static_cast<unsigned char>(*c)) * 0x100000001b3;
  }
  CHECK(Mixed::fingerprint() == expected);
}

TEST_CASE("other networks have other fingerprints") {
  constexpr std::uint64_t fingerprints[] = {
      Mlp::fingerprint(),
      Tiny::fingerprint(),
      Mixed::fingerprint(),
      Sequential<Input<28, 28, 1>, Dense<128>, ReLU, Dense<11>>::fingerprint(),
      Sequential<Input<28, 28, 1>, Dense<128>, Tanh, Dense<10>>::fingerprint(),
      Sequential<Input<784>, Dense<128>, ReLU, Dense<10>>::fingerprint(),
      Sequential<Input<28, 28, 1>, Dense<128>, Dense<10>, ReLU>::fingerprint(),
      Sequential<Input<28, 28, 1>, Dense<12>, ReLU, Dense<810>>::fingerprint(),
      Sequential<Input<28, 28, 1>, Dense<128>, LeakyReLU<>, Dense<10>>::fingerprint(),
      Sequential<Input<28, 28, 1>, Dense<128>, LeakyReLU<1, 10>, Dense<10>>::fingerprint(),
  };
  for (const std::uint64_t& a : fingerprints) {
    for (const std::uint64_t& b : fingerprints) CHECK((a == b) == (&a == &b));
  }
}

TEST_CASE("a model in a const array is the same model") {
  static Model<Tiny> model;
  model.initialize(1);
  static float image[Tiny::parameters];
  std::memcpy(image, model.parameters(), sizeof image);
  const Model<Tiny>& from_flash = model_from_image<Tiny>(image);
  CHECK(from_flash.hash() == model.hash());
  CHECK(static_cast<const void*>(&from_flash) == static_cast<const void*>(image));
  Predictor<Tiny> predict;
  Tensor<float, 1, 8, 8, 1> sample;
  for (int i = 0; i < 64; ++i) sample[i] = static_cast<float>(i % 7) - 3;
  Tensor<float, 1, 10> a, b;
  predict(model, sample, a);
  predict(from_flash, sample, b);
  CHECK(std::memcmp(&a, &b, sizeof a) == 0);
}
