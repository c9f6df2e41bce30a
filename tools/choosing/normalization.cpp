// Which norm in a small CNN, at which batch size?
#include "experiment.hpp"
#include "grid.hpp"
#include "training.hpp"

namespace mica::choosing {
namespace {

constexpr int epochs = 3;

template <class Norm>
using Net =
    Sequential<Input<28, 28, 1>, Conv2d<8, 3, Same, 2>, Norm, ReLU, Conv2d<16, 3, Same, 2>, Norm, ReLU, Dense<10>>;

// The best of three rates, which grow with the batch.
template <class Norm, int batch>
Scores scores(const Digits& digits, const Digits& test) {
  constexpr float middle = batch == 1 ? 0.001f : batch == 4 ? 0.004f : batch == 32 ? 0.016f : 0.032f;
  constexpr float rates[] = {middle / 3, middle, middle * 3};
  return best_accuracies<Training<Net<Norm>, SGDMomentum, batch>>(digits, test, epochs, rates);
}

template <class Norm>
void row(const char* name, Grid& grid, const Digits& digits, const Digits& test) {
  grid.add(name, {scores<Norm, 1>(digits, test), scores<Norm, 4>(digits, test), scores<Norm, 32>(digits, test),
                  scores<Norm, 128>(digits, test)});
}

}  // namespace

void normalization(Context& context) {
  const Digits digits = context.digits.training(3000), test = context.digits.testing(5000);
  Grid grid("norm", {"batch 1", "batch 4", "batch 32", "batch 128"});
  row<mica::Identity>("none", grid, digits, test);
  row<BatchNorm<>>("`BatchNorm<>`", grid, digits, test);
  row<LayerNorm<>>("`LayerNorm<>`", grid, digits, test);
  row<GroupNorm<4>>("`GroupNorm<4>`", grid, digits, test);
  grid.print(context.out);
}

}  // namespace mica::choosing
