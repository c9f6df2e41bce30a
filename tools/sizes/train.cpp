// Firmware that trains one reference model on the board and predicts with it (tools/size_report).
#include "program.hpp"

using Trainer = mica::Trainer<Net, Reference::Loss, mica::FusedUpdate<mica::SGD>, BATCH>;

static mica::Model<Net> model;
static Trainer trainer;
static mica::Predictor<Net> predict;
// Labels, or what a loss of numbers compares with.
using Target = std::remove_const_t<std::remove_pointer_t<decltype(Trainer::Target::data)>>;
Target target[BATCH * Trainer::Target::stride];

int main() {
  MICA_PREDICT(sizeof model + sizeof trainer + sizeof predict + sizeof input + sizeof output + sizeof target);
  model.initialize(42);
  trainer.optimizer.learning_rate = 0.01f;
  while (trainer.step(model, {input, BATCH}, {target, BATCH}) > 0.1f) {
  }
  predict(model, {input, 1}, {output, 1});
  return 0;
}
