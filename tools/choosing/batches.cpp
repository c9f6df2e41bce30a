// Which batch size, if the number of epochs is given?
#include "experiment.hpp"
#include "grid.hpp"
#include "training.hpp"

namespace mica::choosing {
namespace {

constexpr int epochs = 3;

using Mlp = Sequential<Input<28, 28, 1>, Dense<64>, ReLU, Dense<10>>;

template <int batch>
using Trained = Training<Mlp, SGDMomentum, batch>;

template <int batch>
Scores scores(const Digits& digits, const Digits& test, float rate) {
  return accuracies<Trained<batch>>(digits, test, epochs,
                                    [rate](auto& training) { training.trainer.optimizer.learning_rate = rate; });
}

template <int batch>
std::string heading() {
  return "batch " + std::to_string(batch) + ", `Trainer` of " + std::to_string(sizeof(Trained<batch>::trainer)) +
         " bytes";
}

}  // namespace

void batches(Context& context) {
  const Digits digits = context.digits.training(5000), test = context.digits.testing(5000);
  Grid grid("rate, momentum 0.9", {heading<1>(), heading<8>(), heading<32>(), heading<128>()});
  const struct {
    const char* name;
    float rate;
  } choices[] = {{"0.0001", 0.0001f}, {"0.0003", 0.0003f}, {"0.001", 0.001f}, {"0.003", 0.003f},
                 {"0.01", 0.01f},     {"0.03", 0.03f},     {"0.1", 0.1f}};
  for (const auto& choice : choices) {
    grid.add(choice.name, {scores<1>(digits, test, choice.rate), scores<8>(digits, test, choice.rate),
                           scores<32>(digits, test, choice.rate), scores<128>(digits, test, choice.rate)});
  }
  grid.print(context.out);
}

}  // namespace mica::choosing
