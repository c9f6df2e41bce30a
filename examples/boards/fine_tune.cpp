// A network that was trained on a PC goes on learning on the board, whose camera hangs upside down: its first layers are
// frozen, and digits come one at a time.
#include <mica/mica.hpp>

#include "board.hpp"
#include "fine_tuning.hpp"
#include "say.hpp"
#include "weights/pretrained.hpp"

using fine_tuning::Digits;
using fine_tuning::UpsideDown;

static fine_tuning::Board board_memory;

// Never inlined, so that only what is running lies on the stack.
[[gnu::noinline]] static float accuracy() { return board_memory.accuracy(UpsideDown{Digits::testing(1000, 42)}); }
[[gnu::noinline]] static bool learn() {
  const UpsideDown camera{Digits::training(fine_tuning::steps, 43)};
  for (int i = 0; i < fine_tuning::steps; ++i) {
    if (!board_memory.learn(camera, i)) return false;
  }
  return true;
}
[[gnu::noinline]] static bool conclude(float before, float after) {
  Line line;
  say(line << fine_tuning::Tuned::parameters << " of " << fine_tuning::Net::parameters << " parameters learn; "
           << sizeof board_memory << " bytes in all");
  line = Line();
  line << "upside down: accuracy before ";
  add_thousandths(line, before) << ", after ";
  say((add_thousandths(line, after) << ", hash ").hexadecimal(board_memory.model.hash()));
  const bool passed = after >= 0.93f && before < 0.6f && board_memory.model.hash() == fine_tuning::expected_hash;
  line = Line();
  say(line << (passed ? "passed" : "failed"));
  return passed;
}

int main() {
  board_memory.start(Pretrained_model());
  const float before = accuracy();
  const bool learnt = learn();
  return conclude(before, accuracy()) && learnt ? 0 : 1;
}
