// Why does it not learn? A deep network is watched over a step, the library says in sentences what is wrong, and the cure is
// tried: the initializer that Mica chooses by itself.
// To change: the layers of Net (put your own network in), and the data. diagnose() needs no printf: on a board send the
// sentences wherever you can read them. An argument is another seed.
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <mica/mica.hpp>

// Eight hidden layers. Weights of deviation 0.01, as one finds them in old programs, make everything smaller from layer to
// layer, forward and back.
template <class Initializer>
using Hidden = mica::Dense<32, Initializer>;
template <class I>
using Net = mica::Sequential<mica::Input<8, 8, 1>, Hidden<I>, mica::ReLU, Hidden<I>, mica::ReLU, Hidden<I>, mica::ReLU,
                             Hidden<I>, mica::ReLU, Hidden<I>, mica::ReLU, Hidden<I>, mica::ReLU, Hidden<I>, mica::ReLU,
                             Hidden<I>, mica::ReLU, mica::Dense<10>>;
using Ill = Net<mica::Normal<1, 100>>;
using Cured = Net<mica::Auto>;

struct Outcome {
  bool healthy, vanishes;
  float accuracy;
};

// Trains, looks at one more step, and measures.
template <class Net>
static Outcome examine(const char* name, std::uint64_t seed) {
  using Loss = mica::SoftmaxCrossEntropy;
  static mica::Model<Net> model, start;
  static mica::Trainer<Net, Loss, mica::SGDMomentum, 32> trainer;
  static mica::Fit<Net, Loss, mica::SGDMomentum, 32> fit;
  static mica::DataBatch<Net, Loss, 32> batch;
  static mica::Diagnostics<Net> look;
  static mica::Evaluator<Net, Loss, 32> evaluator;
  const auto digits = mica::SyntheticDigits<mica::Shape<8, 8, 1>>::training(2000, seed);

  model.initialize(seed);
  trainer.optimizer.learning_rate = 0.02f;
  fit.epochs = 8;
  start = model;
  look.since(start);
  mica::Evaluation result;
  mica::Status status = batch.gather(digits, 0, 32, [](std::uint32_t i) { return i; });
  if (status.ok()) trainer.step(model, batch.x(), batch.target(), look);
  static char text[2000];
  const mica::Diagnosis diagnosis = mica::diagnose(look, text, sizeof text);
  if (status.ok()) status = fit.run(model, trainer, digits, [](const mica::Progress&) { return true; });
  if (status.ok()) {
    status = evaluator.run(model, mica::SyntheticDigits<mica::Shape<8, 8, 1>>::testing(1000, seed), result);
  }
  if (!status.ok()) std::puts(status.message());
  std::printf("%s:\n%s%.3f of unseen digits right after %d epochs\n\n", name, text,
              static_cast<double>(result.accuracy), fit.epochs);
  return {diagnosis.healthy(), std::strstr(text, "vanish") != nullptr, result.accuracy};
}

int main(int count, char** words) {
  const std::uint64_t seed = count > 1 ? static_cast<std::uint64_t>(std::atoi(words[1])) : 1;
  const Outcome ill = examine<Ill>("weights of deviation 0.01", seed);
  const Outcome cured = examine<Cured>("weights as Mica chooses them", seed);
  return !ill.healthy && ill.vanishes && cured.healthy && cured.accuracy > 0.75f && ill.accuracy < 0.3f ? 0 : 1;
}
