// Inference alone: a network whose weights are const and stay in flash classifies what a sensor sends. Nothing of training
// is linked.
#include <mica/mica.hpp>

#include "board.hpp"
#include "stack.hpp"
#include "weights/digits.hpp"
#include "weights/tiny.hpp"

static mica::Predictor<Tiny> predict;
static float image[Tiny::Input::size];
static float scores[10];

// The same scores as on the PC, bit for bit; two of these digits it takes for others.
constexpr std::uint64_t expected_hash = 0x085f036d88658fab;

int main() {
  constexpr auto standardization = mica::digit_standardization(8);
  mica::WeightsHash hash;
  int correct = 0;
  std::size_t stack = 0;
  for (const Digit& digit : digits) {
    standardization.apply(64, digit.pixels, image);
    volatile std::uint32_t* const top = board::paint_stack();
    predict(Tiny_model(), {image, 1}, {scores, 1});
    stack = board::stack_used(top);
    hash.add(scores, 10);
    int best = 0;
    for (int c = 1; c < 10; ++c) best = scores[c] > scores[best] ? c : best;
    correct += best == digit.label ? 1 : 0;
    const char text[] = {static_cast<char>('0' + best), ' '};
    board::put(text, 2);
  }
  const bool passed = correct == 18 && hash.value == expected_hash && stack <= 1024;
  board::put(passed ? "\npassed\n" : "\nfailed\n", 8);
  return passed ? 0 : 1;
}
