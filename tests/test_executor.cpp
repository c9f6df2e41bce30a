// Work shared by an executor gives the bits of one thread, whatever the order of its parts.
#include <doctest/doctest.h>

#include "tests/shared_work.hpp"

namespace {

// Runs the parts one after the other, the last one first, and counts them.
template <int most>
struct Backwards {
  static constexpr int most_threads = most;
  int most_parts = 0, runs = 0;
  int threads() const { return most; }
  void run(int count, void (*task)(void*, int), void* what) {
    for (int i = count; i-- > 0;) task(what, i);
    most_parts = count > most_parts ? count : most_parts;
    ++runs;
  }
};

template <class Net, class Optimizer>
void expect_same_bits() {
  mica::OneThread nobody;
  const std::uint64_t expected = mica::testing::hash_after_training<Net, Optimizer>(&nobody);
  Backwards<2> two;
  Backwards<7> seven;
  CHECK(mica::testing::hash_after_training<Net, Optimizer>(&two) == expected);
  CHECK(mica::testing::hash_after_training<Net, Optimizer>(&seven) == expected);
  CHECK(two.most_parts == 2);
  CHECK(seven.most_parts > 2);
  CHECK(mica::testing::hash_after_training<Net, Optimizer>(&seven, 39) ==
        mica::testing::hash_after_training<Net, Optimizer>(&nobody, 39));
}

}  // namespace

TEST_CASE("Dense layers and an optimizer with state") { expect_same_bits<mica::testing::Products, mica::Adam>(); }
TEST_CASE("Dense layers, updated as backpropagation passes them") {
  expect_same_bits<mica::testing::Products, mica::FusedUpdate<mica::SGD>>();
}
TEST_CASE("Convolutions") { expect_same_bits<mica::testing::Convolutions, mica::SGDMomentum>(); }
TEST_CASE("Convolutions with their pools") { expect_same_bits<mica::testing::Pooled, mica::AdamW>(); }
TEST_CASE("Layers made of layers") { expect_same_bits<mica::testing::Composites, mica::SGDMomentum>(); }

TEST_CASE("Every thread but the first has scratch of its own, and one thread costs nothing") {
  using Net = mica::testing::Products;
  using Alone = mica::Predictor<Net, 32>;
  using Shared = mica::Predictor<Net, 32, Backwards<3>>;
  CHECK(sizeof(Alone) == Alone::memory_bytes);
  constexpr int each = 4 * Net::Bound::shared_scratch(32);
  CHECK(static_cast<int>(sizeof(Shared)) >= Alone::memory_bytes + 2 * each);
  CHECK(static_cast<int>(sizeof(Shared)) <= Alone::memory_bytes + 2 * each + 128);
}

TEST_CASE("A pass that is too small to share wakes nobody") {
  using Net = mica::Sequential<mica::Input<8>, mica::Dense<4>>;
  mica::Model<Net> model;
  model.initialize(1);
  Backwards<4> executor;
  mica::Predictor<Net, 2, Backwards<4>> predict;
  predict.executor = &executor;
  const mica::Tensor<float, 2, 8> x{};
  mica::Tensor<float, 2, 4> y;
  predict(model, x, y);
  CHECK(executor.runs == 0);
}
