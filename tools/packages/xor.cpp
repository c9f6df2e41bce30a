// Exclusive or, learnt where this runs. To change: the layers in Net and the four samples.
#include <cstdio>
#include <mica/mica.hpp>

using Net = mica::Sequential<mica::Input<2>, mica::Dense<8>, mica::Tanh, mica::Dense<1>>;

static mica::Model<Net> model;
static mica::Trainer<Net, mica::MeanSquaredError, mica::SGDMomentum, 4> trainer;
static mica::Predictor<Net> predict;

static const float inputs[] = {0, 0, 0, 1, 1, 0, 1, 1};
static const float targets[] = {0, 1, 1, 0};

static int learn() {
  model.initialize(/*seed*/ 1);
  trainer.optimizer.learning_rate = 0.05f;
  for (int step = 0; step < 1000; ++step) trainer.step(model, {inputs, 4}, {targets, 4});
  int wrong = 0;
  for (int i = 0; i < 4; ++i) {
    float output[1];
    predict(model, {inputs + 2 * i, 1}, {output, 1});
    std::printf("%d xor %d = %d/1000\n", i / 2, i % 2, static_cast<int>(output[0] * 1000));
    wrong += (output[0] > 0.5f) != (targets[i] > 0.5f);
  }
  std::printf("weights %016llx, the same on every machine\n", static_cast<unsigned long long>(model.hash()));
  return wrong;
}

int main() { return learn(); }
