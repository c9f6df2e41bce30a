// Which activation, in a plain and in a convolutional network?
#include "experiment.hpp"
#include "grid.hpp"
#include "training.hpp"

namespace mica::choosing {
namespace {

constexpr int epochs = 4;
constexpr float rates[] = {0.003f, 0.01f, 0.03f};

template <class Act>
using Mlp = Sequential<Input<28, 28, 1>, Dense<64>, Act, Dense<64>, Act, Dense<10>>;
template <class Act>
using Cnn = Sequential<Input<28, 28, 1>, Conv2d<8, 3, Same, 2>, Act, Conv2d<16, 3, Same, 2>, Act, Dense<10>>;

template <class Act>
void row(const char* name, Grid& grid, const Digits& digits, const Digits& test) {
  grid.add(name, {best_accuracies<Training<Mlp<Act>>>(digits, test, epochs, rates),
                  best_accuracies<Training<Cnn<Act>>>(digits, test, epochs, rates)});
}

}  // namespace

void activations(Context& context) {
  const Digits digits = context.digits.training(5000), test = context.digits.testing();
  Grid grid("activation", {"MLP, 784-64-64-10", "CNN"});
  row<ReLU>("`ReLU`", grid, digits, test);
  row<LeakyReLU<1, 100>>("`LeakyReLU<1, 100>`", grid, digits, test);
  row<PReLU>("`PReLU`", grid, digits, test);
  row<ELU<>>("`ELU<>`", grid, digits, test);
  row<SiLU>("`SiLU`", grid, digits, test);
  row<HardSwish>("`HardSwish`", grid, digits, test);
  row<Tanh>("`Tanh`", grid, digits, test);
  row<Sigmoid>("`Sigmoid`", grid, digits, test);
  grid.print(context.out);
}

}  // namespace mica::choosing
