// XOR, the smallest thing that no single layer can learn: two inputs, one hidden layer, two classes.
// To change: the four rows of `inputs` and `labels` (any truth table), and Input<2> and Dense<2> for other numbers of inputs
// and classes. On a board the same lines run without main's printf. An argument is another seed.
#include <cstdio>
#include <cstdlib>

#include <mica/mica.hpp>

using Net = mica::Sequential<mica::Input<2>, mica::Dense<8>, mica::Tanh, mica::Dense<2>>;

static mica::Model<Net> model;
static mica::Trainer<Net, mica::SoftmaxCrossEntropy, mica::Adam, 4> trainer;
static mica::Predictor<Net, 4> predict;
static_assert(sizeof(model) == 42 * sizeof(float));

static const float inputs[4][2] = {{0, 0}, {0, 1}, {1, 0}, {1, 1}};
static const std::uint8_t labels[4] = {0, 1, 1, 0};

int main(int count, char** words) {
  model.initialize(count > 1 ? static_cast<std::uint64_t>(std::atoi(words[1])) : 1);
  trainer.optimizer.learning_rate = 0.05f;
  float loss = 0;
  for (int step = 0; step < 300; ++step) loss = trainer.step(model, {inputs[0], 4}, {labels, 4});

  float scores[4][2];
  predict(model, {inputs[0], 4}, {scores[0], 4});
  int right = 0;
  for (int i = 0; i < 4; ++i) {
    const int found = scores[i][1] > scores[i][0] ? 1 : 0;
    right += found == labels[i] ? 1 : 0;
    std::printf("%g xor %g = %d\n", static_cast<double>(inputs[i][0]), static_cast<double>(inputs[i][1]), found);
  }
  std::printf("loss %.4f, %d of 4 right\n", static_cast<double>(loss), right);
  return right == 4 && loss < 0.1f ? 0 : 1;
}
