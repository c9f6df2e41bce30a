// A convolutional network learns on the board, in 128 KB of RAM, one digit at a time: drawn on the board itself, each
// seen once. Checkpoints go to flash, the power fails on the way, and what was learnt ends as const weights in flash,
// from which the board predicts.
#include <mica/io/flash_checkpoint.hpp>
#include <mica/mica.hpp>

#include "board.hpp"
#include "free_flash.hpp"
#include "learning_cnn.hpp"
#include "restart.hpp"
#include "say.hpp"
#include "stack.hpp"

using namespace learning_cnn;

constexpr int steps_between_checkpoints = 1000, power_fails_after = 2050;

// Two slots for checkpoints, and the weights.
constexpr int slot_pages = 18, weight_pages = 18;
static FreeFlash<2 * slot_pages + weight_pages, 2048, 8> flash;
static mica::io::FlashCheckpoint checkpoint(flash, 0, slot_pages);
constexpr auto content = mica::io::checkpoint_bytes(mica::io::training_checkpoint_info<Net, Loss, mica::SGD, 1>());
static_assert(mica::io::flash_slot_bytes(content, 8) <= slot_pages * 2048 && sizeof(Model) <= weight_pages * 2048, "");

static Model model;
static Trainer trainer;
static Predictor predict;
static float image[Net::Input::size];
static std::uint8_t label;
static_assert(sizeof model + sizeof trainer < 64 * 1024, "");

// From sections.ld.
extern "C" unsigned char __bss_end[];

// Never inlined, here and below, so that only what is running lies on the stack.
[[gnu::noinline]] static void report(long step, float loss, float accuracy) {
  Line line;
  line << "step " << step << ": loss ";
  add_thousandths(line, loss) << ", accuracy ";
  say(add_thousandths(line, accuracy));
}
[[gnu::noinline]] static bool succeeded(const mica::Status& status) {
  Line line;
  if (!status.ok()) say(line << status.message());
  return status.ok();
}

// What comes first after reset; false at the very first time.
[[gnu::noinline]] static bool resume() {
  prepare(trainer);
  mica::io::TrainingPosition position;
  const bool resumed = checkpoint.load(model, trainer, position).ok();
  Line line;
  say(line << (resumed ? "resumed at step " : "a fresh start at step ") << trainer.steps());
  return resumed;
}

// Up to step `last`; false if a digit or a checkpoint fails.
[[gnu::noinline]] static bool train(int last) {
  const Digits digits = Digits::training(steps, digits_seed);
  float loss = 0;
  int correct = 0;
  while (trainer.steps() < last) {
    if (!digits.read(static_cast<int>(trainer.steps()), image, label).ok()) return false;
    loss += trainer.step(model, {image, 1}, {&label, 1});
    correct += trainer.correct();
    if (trainer.steps() % 500 == 0) {
      report(trainer.steps(), loss / 500, static_cast<float>(correct) / 500);
      loss = 0;
      correct = 0;
    }
    if (trainer.steps() % steps_between_checkpoints == 0 && !succeeded(checkpoint.save(model, trainer, {})))
      return false;
  }
  return true;
}

// Copies the weights behind the checkpoints; there the processor reads them where they are.
[[gnu::noinline]] static const Model* move_to_flash() {
  constexpr int word = flash.word_bytes, page = flash.page_bytes, first = 2 * slot_pages;
  static_assert(sizeof(Model) % word == 0, "");
  for (int i = 0; i < weight_pages; ++i) {
    if (!flash.erase(static_cast<std::uint32_t>(first + i))) return nullptr;
  }
  for (std::size_t i = 0; i < sizeof(Model); i += word) {
    const auto* bytes = reinterpret_cast<const unsigned char*>(&model) + i;
    if (!flash.program(static_cast<std::uint32_t>(first * page + i), bytes)) return nullptr;
  }
  return static_cast<const Model*>(flash.address(first));
}

// What one call takes.
struct Cost {
  std::size_t stack;
  std::uint32_t ticks;
};
[[gnu::noinline]] static Cost cost_of_step() {
  const std::uint32_t start = board::ticks();
  volatile std::uint32_t* const top = board::paint_stack();
  trainer.step(model, {image, 1}, {&label, 1});
  return {board::stack_used(top), board::ticks() - start};
}
[[gnu::noinline]] static Cost cost_of_predict(const Model& learnt) {
  float scores[10];
  const std::uint32_t start = board::ticks();
  volatile std::uint32_t* const top = board::paint_stack();
  predict(learnt, {image, 1}, {scores, 1});
  return {board::stack_used(top), board::ticks() - start};
}

[[gnu::noinline]] static float evaluate(const Model& learnt) { return accuracy(learnt, predict, image); }

[[gnu::noinline]] static bool conclude(const Model& learnt, Cost step) {
  const float accuracy = evaluate(learnt);
  const Cost prediction = cost_of_predict(learnt);
  const auto stack = reinterpret_cast<std::size_t>(&__stack_top) - reinterpret_cast<std::size_t>(&__stack_limit);
  const auto all = reinterpret_cast<std::size_t>(__bss_end) - reinterpret_cast<std::size_t>(&__stack_limit);
  Line line;
  say(line << "RAM: model " << sizeof model << ", trainer " << sizeof trainer << ", predictor " << sizeof predict
           << ", image " << sizeof image << ", room for the stack " << stack << ", everything " << all);
  line = Line();
  say(line << "step: " << step.ticks << " ticks, " << step.stack << " bytes of stack; predict: " << prediction.ticks
           << " ticks, " << prediction.stack << " bytes of stack");
  line = Line();
  line << "accuracy from flash ";
  say((add_thousandths(line, accuracy) << ", hash ").hexadecimal(learnt.hash()));
  const bool passed =
      accuracy >= 0.95f && learnt.hash() == expected_hash && step.stack <= 2048 && prediction.stack <= 1024;
  line = Line();
  say(line << (passed ? "passed" : "failed"));
  return passed;
}

int main() {
  if (!flash.fits()) return 1;
  if (!resume()) {
    model.initialize(board_seed);
    if (!train(power_fails_after)) return 1;
    board::restart();  // the power fails
  }
  if (!train(steps)) return 1;
  const Model* const learnt = move_to_flash();
  const Cost step = cost_of_step();  // which changes the weights in RAM, and not those in flash
  return learnt != nullptr && conclude(*learnt, step) ? 0 : 1;
}
