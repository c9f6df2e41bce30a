// Fine-tuning: a network that was trained on this PC goes on learning from what a board's camera sees, with its first
// layers frozen, one sample at a time. examples/boards/fine_tune.cpp does the same on the board, with the same bits.
#include <cstdio>

#include <mica/mica.hpp>

#include "boards/fine_tuning.hpp"
#include "boards/weights/pretrained.hpp"

using fine_tuning::Digits;
using fine_tuning::UpsideDown;

static fine_tuning::Board board;

int main() {
  board.start(Pretrained_model());
  const UpsideDown seen{Digits::testing(1000, 42)};
  const Digits upright = Digits::testing(1000, 42);
  std::printf("%d of %d parameters learn; %d bytes in all\n", fine_tuning::Tuned::parameters,
              fine_tuning::Net::parameters, static_cast<int>(sizeof board));
  std::printf("before: upright digits %.3f, upside down %.3f\n", static_cast<double>(board.accuracy(upright)),
              static_cast<double>(board.accuracy(seen)));

  const UpsideDown camera{Digits::training(fine_tuning::steps, 43)};
  for (int i = 0; i < fine_tuning::steps; ++i) {
    if (!board.learn(camera, i)) return 1;
  }
  const float accuracy = board.accuracy(seen);
  std::printf("after:  upside down %.3f, hash %016llx\n", static_cast<double>(accuracy),
              static_cast<unsigned long long>(board.model.hash()));
  return accuracy >= 0.93f ? 0 : 1;
}
