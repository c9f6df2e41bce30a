// What makes deep networks learn: the right initial weights, a norm, or a way around each layer?
#include "experiment.hpp"
#include "grid.hpp"
#include "training.hpp"

namespace mica::choosing {
namespace {

constexpr int epochs = 4;
constexpr float rates[] = {0.001f, 0.01f, 0.1f};

template <class Collected, int depth, class... Block>
struct Repeat;
template <class... Layers, int depth, class... Block>
struct Repeat<Sequential<Layers...>, depth, Block...> : Repeat<Sequential<Layers..., Block...>, depth - 1, Block...> {};
template <class... Layers, class... Block>
struct Repeat<Sequential<Layers...>, 0, Block...> {
  using Net = Sequential<Layers..., Dense<10>>;
};

// A Dense layer with ReLU, `depth` blocks, and the outputs.
template <int depth, class... Block>
using Deep = typename Repeat<Sequential<Input<28, 28, 1>, Dense<50>, ReLU>, depth, Block...>::Net;

template <class... Block>
void row(const char* name, Grid& grid, const Digits& digits, const Digits& test) {
  grid.add(name, {best_accuracies<Training<Deep<3, Block...>>>(digits, test, epochs, rates),
                  best_accuracies<Training<Deep<10, Block...>>>(digits, test, epochs, rates),
                  best_accuracies<Training<Deep<30, Block...>>>(digits, test, epochs, rates)});
}

}  // namespace

void deep(Context& context) {
  const Digits digits = context.digits.training(3000), test = context.digits.testing(5000);
  using Small = Dense<50, Normal<1, 100>>;
  Grid grid("block", {"3 blocks", "10 blocks", "30 blocks"});
  row<Dense<50>, ReLU>("`Dense<50>, ReLU`", grid, digits, test);
  row<Dense<50>, BatchNorm<>, ReLU>("`Dense<50>, BatchNorm<>, ReLU`", grid, digits, test);
  row<Dense<50>, LayerNorm<>, ReLU>("`Dense<50>, LayerNorm<>, ReLU`", grid, digits, test);
  row<Residual<Dense<50>, ReLU>>("`Residual<Dense<50>, ReLU>`", grid, digits, test);
  row<Residual<LayerNorm<>, Dense<50>, ReLU>>("`Residual<LayerNorm<>, Dense<50>, ReLU>`", grid, digits, test);
  row<Small, ReLU>("`Dense<50, Normal<1, 100>>, ReLU`", grid, digits, test);
  row<Small, BatchNorm<>, ReLU>("`Dense<50, Normal<1, 100>>, BatchNorm<>, ReLU`", grid, digits, test);
  grid.print(context.out);
}

}  // namespace mica::choosing
