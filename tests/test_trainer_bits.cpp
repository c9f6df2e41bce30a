// What training promises bit for bit: a sample gives the same bits in any batch, and nothing depends on what the memory
// held before.
#include <cstring>
#include <new>

#include <doctest/doctest.h>
#include <mica/mica.hpp>

#include "support.hpp"

namespace {

using namespace mica;
using tests::bits_of;
using tests::Numbers;

using Mlp = Sequential<Input<28, 28, 1>, Dense<128>, ReLU, Dense<10>>;
using Mixed = Sequential<Input<9>, Dense<17>, PReLU, Dense<11>, Tanh, Dense<6>, Sigmoid, Dense<5>, Softmax>;

constexpr int batch = 32;
Model<Mlp> mlp;
float images[batch * 784];

void prepare() {
  Numbers numbers(1);
  mlp.initialize(42);
  for (float& pixel : images) pixel = numbers.below(3) == 0 ? numbers.even() : -0.4242f;
}

int differences(const float* a, const float* b, int count) {
  int wrong = 0;
  for (int i = 0; i < count; ++i) wrong += bits_of(a[i]) == bits_of(b[i]) ? 0 : 1;
  return wrong;
}

// Fills a trainer's memory before it is constructed there; the optimizer must not see through it.
template <class Trained>
Trained* construct(void* memory, int byte) {
  std::memset(memory, byte, sizeof(Trained));
  asm volatile("" : : "r"(memory) : "memory");
  return new (memory) Trained;
}

template <class Net, class Loss, class Target>
std::uint64_t weights_after(int byte, int steps) {
  using Trained = Trainer<Net, Loss, SGDMomentum, 8>;
  alignas(Trained) static unsigned char memory[sizeof(Trained)];
  static Model<Net> model;
  model.initialize(5);
  Trained* const trainer = construct<Trained>(memory, byte);
  Numbers numbers(7);
  float x[8 * Net::Input::size];
  std::remove_const_t<std::remove_pointer_t<decltype(Target::data)>> target[8 * Target::stride];
  for (int step = 0; step < steps; ++step) {
    for (float& v : x) v = numbers.even();
    for (auto& t : target) t = static_cast<std::remove_reference_t<decltype(t)>>(numbers.below(5));
    // Batches of every size.
    const int size = 8 - step % 8;
    const float loss = trainer->step(model, {x, size}, {target, size});
    CHECK(!tests::is_nan(loss));
  }
  return model.hash();
}

}  // namespace

TEST_CASE("forward: each row of a batch is the sample alone") {
  prepare();
  static float whole[batch * 10], alone[10];
  static Mlp::Bound::Cache<batch> cache;
  static Mlp::Bound::Cache<1> small_cache;
  static float scratch[Mlp::Bound::train_scratch(batch) + 1];
  const StepContext<float> context{scratch, Random(0)};
  Mlp::Bound::forward<batch>(mlp.params(), mlp.stats(), cache, {images, batch}, {whole, batch}, context);
  for (int i = 0; i < batch; ++i) {
    CAPTURE(i);
    const float* const image = images + 784 * i;
    Mlp::Bound::forward<1>(mlp.params(), mlp.stats(), small_cache, {image, 1}, {alone, 1}, context);
    CHECK(differences(alone, whole + 10 * i, 10) == 0);
  }
}

TEST_CASE("predictor: each row of a batch of any size is the sample alone, and what training computes") {
  prepare();
  static float whole[batch * 10], trained[batch * 10], alone[10];
  static Predictor<Mlp, batch> predict_batch;
  static Predictor<Mlp> predict;
  static Mlp::Bound::Cache<batch> cache;
  static float scratch[Mlp::Bound::train_scratch(batch) + 1];
  Mlp::Bound::forward<batch>(mlp.params(), mlp.stats(), cache, {images, batch}, {trained, batch}, {scratch, Random(0)});
  for (const int size : {1, 2, 3, 5, 7, 12, 31, 32}) {
    CAPTURE(size);
    predict_batch(mlp, {images, size}, {whole, size});
    CHECK(differences(whole, trained, 10 * size) == 0);
  }
  for (int i = 0; i < batch; ++i) {
    predict(mlp, {images + 784 * i, 1}, {alone, 1});
    CHECK(differences(alone, trained + 10 * i, 10) == 0);
  }
}

TEST_CASE("a small batch in a large trainer is the same step as in a small trainer") {
  using Loss = SoftmaxCrossEntropy;
  static Trainer<Mlp, Loss, SGDMomentum, batch> large;
  static Trainer<Mlp, Loss, SGDMomentum, 5> small;
  static Model<Mlp> other;
  prepare();
  other = mlp;
  const std::uint8_t labels[] = {3, 1, 4, 1, 5};
  const std::uint64_t before = mlp.hash();
  for (int step = 0; step < 3; ++step) {
    const float a = large.step(mlp, {images, 5}, {labels, 5});
    const float b = small.step(other, {images, 5}, {labels, 5});
    CHECK(bits_of(a) == bits_of(b));
  }
  CHECK(mlp.hash() == other.hash());
  CHECK(mlp.hash() != before);
}

TEST_CASE("the gradient of a batch is continued, not restarted: two halves are one whole but for the mean") {
  prepare();
  static Trainer<Mlp, SoftmaxCrossEntropy, SGD, batch> halves, whole;
  std::uint8_t labels[batch];
  for (int i = 0; i < batch; ++i) labels[i] = static_cast<std::uint8_t>(i % 10);
  whole.backpropagate(mlp, {images, batch}, {labels, batch});
  halves.backpropagate(mlp, {images, 16}, {labels, 16});
  halves.backpropagate(mlp, {images + 784 * 16, 16}, {labels + 16, 16});
  // The mean over 16 is exactly twice that over 32, so the chains of the weights' gradient agree to the last bit.
  int wrong = 0;
  for (int i = 0; i < 784 * 128; ++i) {
    wrong += bits_of(halves.gradients()[i]) == bits_of(2 * whole.gradients()[i]) ? 0 : 1;
  }
  CHECK(wrong == 0);
}

TEST_CASE("nothing depends on what a trainer's memory held before") {
  const std::uint64_t of_mlp = weights_after<Mlp, SoftmaxCrossEntropy, Labels>(0, 10);
  CHECK(weights_after<Mlp, SoftmaxCrossEntropy, Labels>(0xff, 10) == of_mlp);
  using Values = BatchView<const float, Shape<5>>;
  const std::uint64_t of_mixed = weights_after<Mixed, MeanSquaredError, Values>(0, 20);
  CHECK(weights_after<Mixed, MeanSquaredError, Values>(0xff, 20) == of_mixed);
  CHECK(weights_after<Mixed, MeanSquaredError, Values>(0x7f, 20) == of_mixed);
}

TEST_CASE("reset starts over, resume_at goes on") {
  using Net = Sequential<Input<4>, Dense<3>>;
  static Model<Net> model, again;
  static Trainer<Net, SoftmaxCrossEntropy, SGDMomentum, 4> trainer;
  Numbers numbers(3);
  float x[16];
  for (float& v : x) v = numbers.even();
  const std::uint8_t labels[] = {0, 1, 2, 1};
  const auto train = [&](Model<Net>& m, int steps) {
    for (int i = 0; i < steps; ++i) trainer.step(m, {x, 4}, {labels, 4});
  };
  model.initialize(1);
  again.initialize(1);
  trainer.schedule = Schedule::cosine(10);
  train(model, 6);
  trainer.reset();
  CHECK(trainer.steps() == 0);
  train(again, 6);
  CHECK(again.hash() == model.hash());

  // What a checkpoint keeps: weights, the optimizer's state, the step.
  float state[decltype(trainer)::state_count];
  again.initialize(1);
  trainer.reset();
  train(again, 2);
  std::memcpy(state, trainer.state(), sizeof state);
  trainer.reset();
  std::memcpy(trainer.state(), state, sizeof state);
  trainer.resume_at(2);
  train(again, 4);
  CHECK(again.hash() == model.hash());
}
