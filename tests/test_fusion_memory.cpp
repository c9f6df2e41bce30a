// What training a small convolutional network takes in memory, as types: no full-size activations, no gradient of the model,
// gradients in place of values that were read for the last time. And the same bits as without any of that.
#include <cstdio>
#include <memory>
#include <type_traits>

#include <doctest/doctest.h>
#include <mica/mica.hpp>
#include <mica/unfused.hpp>

#include "support.hpp"

using namespace mica;

namespace {

using Cnn = Sequential<Input<28, 28, 1>, Conv2d<8, 3, Same>, ReLU, MaxPool2d<2>, Conv2d<16, 3, Same>, ReLU,
                       MaxPool2d<2>, Dense<10>>;
template <class Net, class Optimizer, int batch>
using TrainerOf = Trainer<Net, SoftmaxCrossEntropy, Optimizer, batch>;

constexpr std::size_t panel_bytes = sizeof(float) * kernels::panel_size;

template <class Net, class A, class B, int batch>
void train_both(A& a, B& b, int steps) {
  const auto first = std::make_unique<Model<Net>>(), second = std::make_unique<Model<Net>>();
  const auto x = std::make_unique<float[]>(batch * Net::Input::size);
  std::uint8_t labels[batch];
  first->initialize(1);
  second->initialize(1);
  tests::Numbers numbers(3);
  for (int step = 0; step < steps; ++step) {
    for (int i = 0; i < batch * Net::Input::size; ++i) x[static_cast<std::size_t>(i)] = numbers.even();
    for (auto& label : labels) label = static_cast<std::uint8_t>(numbers.below(Net::Output::size));
    const int n = step % 3 == 1 && batch > 1 ? batch - 1 : batch;
    CHECK(a.step(*first, {x.get(), n}, {labels, n}) == b.step(*second, {x.get(), n}, {labels, n}));
  }
  CHECK(first->hash() == second->hash());
}

}  // namespace

TEST_CASE("training cnn one sample at a time with SGD takes less than 64 KB, model included") {
  using Small = TrainerOf<Cnn, FusedUpdate<SGD>, 1>;
  using Usual = TrainerOf<Unfused<Cnn>, SGD, 1>;
  // A large panel of the matrix product is for processors with memory to match.
  constexpr std::size_t limit = panel_bytes <= 8192 ? 64 * 1024 : 96 * 1024;
  static_assert(sizeof(Model<Cnn>) + sizeof(Small) <= limit, "");

  using Bound = Cnn::Bound;
  const auto line = [](const char* what, std::size_t bytes) {
    std::printf("  %-62s %7d\n", what, static_cast<int>(bytes));
  };
  std::printf("cnn, batch 1, SGD, %s: bytes\n", tests::Native::name);
  line("Model<Net>: parameters", sizeof(Model<Cnn>));
  line("Cache<1>: pooled values, and a bit for each conv output", sizeof(Bound::Cache<1>));
  line("scratch of the layers, gradients between them", sizeof(float) * Bound::train_scratch(1));
  line("gradient of the largest layer, or part of one",
       sizeof(Small) - sizeof(Bound::Cache<1>) - sizeof(float) * Bound::train_scratch(1));
  line("Model<Net> + Trainer<Net, Loss, FusedUpdate<SGD>, 1>", sizeof(Model<Cnn>) + sizeof(Small));
  line("the same without fusion, whole gradient", sizeof(Model<Unfused<Cnn>>) + sizeof(Usual));
  line("Trainer<Net, Loss, SGDMomentum, 32>", sizeof(TrainerOf<Cnn, SGDMomentum, 32>));
  line("the same without fusion", sizeof(TrainerOf<Unfused<Cnn>, SGDMomentum, 32>));
}

TEST_CASE("gradients take the place of values that were read for the last time") {
  // The values behind both pools are all that is kept, and all gradients lie over them.
  using Plan = Cnn::Bound::Plan;
  static_assert(Plan::forward.kept == 14 * 14 * 8 + 7 * 7 * 16 && Plan::forward.turns == 0, "");
  static_assert(Plan::gradient.turns == 0, "");
  static_assert(Plan::gradient.places[6].owner == Place::kept && Plan::gradient.places[3].owner == Place::kept, "");
  static_assert(Plan::gradient.places[6].offset == Plan::forward.places[6].offset, "");
  static_assert(Plan::gradient.places[3].offset == Plan::forward.places[3].offset, "");
  // A ReLU reads its output after the layer behind it has gone back.
  using Mlp = Sequential<Input<4>, Dense<5>, ReLU, Dense<3>>;
  static_assert(Mlp::Bound::Plan::gradient.turns == 5, "");
  // Two layers that read only their inputs.
  using Two = Sequential<Input<4>, Dense<5>, Dense<3>>;
  static_assert(Two::Bound::Plan::gradient.turns == 0, "");
  // Inside another layer everything stays for a second backward.
  static_assert(Two::In<float>::Plan::gradient.turns == 5, "");
  // Dropout changes the values that ReLU reads, so that they are kept apart and end with the Dense layer.
  using Dropped = Sequential<Input<4>, Dense<5>, ReLU, Dropout<1, 2>, Dense<3>>;
  static_assert(Dropped::Bound::Plan::forward.kept == 10 && Dropped::Bound::Plan::gradient.turns == 0, "");
}

TEST_CASE_TEMPLATE("updates in the middle of backward give the same bits", Optimizer, SGD, SGDMomentum, AdamW, Lion) {
  const auto compare = [](auto batch_size) {
    constexpr int batch = decltype(batch_size)::value;
    const auto whole = std::make_unique<TrainerOf<Cnn, Optimizer, batch>>();
    const auto fused = std::make_unique<TrainerOf<Cnn, FusedUpdate<Optimizer>, batch>>();
    for (const bool decay_biases : {true, false}) {
      whole->reset();
      fused->reset();
      whole->optimizer.weight_decay = fused->optimizer.weight_decay = 0.01f;
      whole->optimizer.decay_biases = fused->optimizer.decay_biases = decay_biases;
      whole->clip_value = fused->clip_value = decay_biases ? 0.01f : 0.0f;
      train_both<Cnn, TrainerOf<Cnn, Optimizer, batch>, TrainerOf<Cnn, FusedUpdate<Optimizer>, batch>, batch>(
          *whole, *fused, 12);
    }
  };
  compare(std::integral_constant<int, 3>{});
  // One sample at a time, the Dense layer's 7,840 weights come in parts.
  static_assert(Cnn::Bound::LayerAt<6>::largest_part(1) < 1100, "");
  compare(std::integral_constant<int, 1>{});
}

TEST_CASE_TEMPLATE("batches of one, whose gradient is a product, give the same bits", Optimizer, SGD, SGDMomentum) {
  using Net = Sequential<Input<37>, Dense<70>, ReLU, Dense<33>, Dense<1>, Dense<9>>;
  const auto whole = std::make_unique<TrainerOf<Net, Optimizer, 1>>();
  const auto fused = std::make_unique<TrainerOf<Net, FusedUpdate<Optimizer>, 1>>();
  for (const bool other_rule : {false, true}) {
    whole->reset();
    fused->reset();
    if constexpr (std::is_same_v<Optimizer, SGDMomentum>) {
      whole->optimizer.nesterov = fused->optimizer.nesterov = other_rule;
    }
    whole->optimizer.weight_decay = fused->optimizer.weight_decay = other_rule ? 0.01f : 0.0f;
    train_both<Net, TrainerOf<Net, Optimizer, 1>, TrainerOf<Net, FusedUpdate<Optimizer>, 1>, 1>(*whole, *fused, 12);
  }
}

TEST_CASE("Dense layers in parts: wide, narrow, and few rows at a time") {
  using Net = Sequential<Input<37>, Dense<1500>, Tanh, Dense<2>, Dense<700>, Dense<3>>;
  constexpr int part = Net::Bound::LayerAt<0>::largest_part(4), numbers = panel_bytes > 0 ? 2 * panel_bytes : 1024;
  static_assert(part % 1500 == 0 && (part == 1500 || part <= numbers), "rows of weights");
  static_assert(Net::Bound::LayerAt<0>::largest_part(1) == 1500, "one row");
  static_assert(Net::Bound::LayerAt<2>::largest_part(1) == 1024 && Net::Bound::LayerAt<3>::largest_part(1) == 700, "");
  const auto whole = std::make_unique<TrainerOf<Net, SGDMomentum, 4>>();
  const auto fused = std::make_unique<TrainerOf<Net, FusedUpdate<SGDMomentum>, 4>>();
  static_assert(sizeof *whole - sizeof *fused >= sizeof(float) * (Net::parameters - part - 1500), "a part and a row");
  train_both<Net, TrainerOf<Net, SGDMomentum, 4>, TrainerOf<Net, FusedUpdate<SGDMomentum>, 4>, 4>(*whole, *fused, 10);
}
