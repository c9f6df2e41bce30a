// A network learns on the board, from digits that the board draws itself, each seen once: no heap, no files, no C
// library.
#include <mica/mica.hpp>

#include "board.hpp"
#include "say.hpp"
#include "stack.hpp"

using Net = mica::Sequential<mica::Input<8, 8, 1>, mica::Dense<32>, mica::ReLU, mica::Dense<10>>;
using Digits = mica::SyntheticDigits<mica::Shape<8, 8, 1>>;

constexpr int batch = 8, steps = 4000;
constexpr std::uint64_t expected_hash = 0xaff1134e9ce204a3;  // the weights have the same bits on every board

static mica::Model<Net> model;
static mica::Trainer<Net, mica::SoftmaxCrossEntropy, mica::FusedUpdate<mica::SGD>, batch> trainer;
static mica::Predictor<Net> predict;
static float images[batch * Net::Input::size];
static std::uint8_t labels[batch];

// Never inlined, here and below, so that only what is running lies on the stack.
[[gnu::noinline]] static void report(int step, float loss, float accuracy) {
  Line line;
  line << "step " << step << ": loss ";
  add_thousandths(line, loss) << ", accuracy ";
  say(add_thousandths(line, accuracy));
}

// Brings digits first ... first + batch - 1 into memory: here they are drawn; elsewhere a sensor or a flash chip gives
// them.
[[gnu::noinline]] static bool read_batch(const Digits& digits, int first) {
  for (int i = 0; i < batch; ++i) {
    if (!digits.read(first + i, images + i * Net::Input::size, labels[i]).ok()) return false;
  }
  return true;
}

[[gnu::noinline]] static bool train(const Digits& digits) {
  float loss = 0;
  int correct = 0;
  for (int step = 1; step <= steps; ++step) {
    if (!read_batch(digits, (step - 1) * batch)) return false;
    loss += trainer.step(model, {images, batch}, {labels, batch});
    correct += trainer.correct();
    if (step % 500 == 0) {
      report(step, loss / 500, static_cast<float>(correct) / (500 * batch));
      loss = 0;
      correct = 0;
    }
  }
  return true;
}

// The share of digits that the network gets right.
[[gnu::noinline]] static float evaluate(const Digits& digits) {
  int correct = 0;
  for (int first = 0; first < digits.size() && read_batch(digits, first); first += batch) {
    for (int i = 0; i < batch; ++i) {
      float scores[10];
      predict(model, {images + i * Net::Input::size, 1}, {scores, 1});
      int best = 0;
      for (int c = 1; c < 10; ++c) best = scores[c] > scores[best] ? c : best;
      correct += best == labels[i] ? 1 : 0;
    }
  }
  return static_cast<float>(correct) / static_cast<float>(digits.size());
}

[[gnu::noinline]] static bool conclude(float accuracy, std::uint32_t ticks, std::size_t training_stack,
                                       std::size_t predicting_stack) {
  Line line;
  say(line << ticks << " ticks; stack: " << training_stack << " bytes to train, " << predicting_stack << " to predict");
  line = Line();
  line << "accuracy ";
  say((add_thousandths(line, accuracy) << ", hash ").hexadecimal(model.hash()));
  const bool passed =
      accuracy >= 0.95f && model.hash() == expected_hash && training_stack <= 2048 && predicting_stack <= 1024;
  line = Line();
  say(line << (passed ? "passed" : "failed"));
  return passed;
}

int main() {
  model.initialize(42);
  trainer.optimizer.learning_rate = 0.15f;
  trainer.schedule = mica::Schedule::cosine(steps);
  const std::uint32_t start = board::ticks();
  volatile std::uint32_t* const top = board::paint_stack();
  const bool trained = train(Digits::training(steps * batch, 42));
  const std::size_t training_stack = board::stack_used(top);
  const std::uint32_t ticks = board::ticks() - start;

  const float accuracy = trained ? evaluate(Digits::testing(1000, 42)) : 0;
  float scores[10];
  board::paint_stack();
  predict(model, {images, 1}, {scores, 1});
  const std::size_t predicting_stack = board::stack_used(top);
  return conclude(accuracy, ticks, training_stack, predicting_stack) ? 0 : 1;
}
