// Which layer for sequences, and how far back does it remember?
#include "experiment.hpp"
#include "grid.hpp"
#include "recall.hpp"
#include "training.hpp"

namespace mica::choosing {
namespace {

constexpr int epochs = 10;
constexpr float rates[] = {0.001f, 0.003f, 0.01f};

template <int steps, class... Layers>
Scores scores() {
  using Net = Sequential<Input<steps, Recall<steps>::features>, Layers..., Dense<Recall<steps>::classes>>;
  return best_accuracies<Training<Net, Adam>>(Recall<steps>(2000, 1), Recall<steps>(2000, 2), epochs, rates);
}

template <class... Layers>
void row(const char* name, Grid& grid) {
  using Net = Sequential<Input<40, 2>, Layers..., Dense<4>>;
  grid.add(name, {scores<20, Layers...>(), scores<40, Layers...>(), scores<80, Layers...>()},
           {std::to_string(Net::parameters)});
}

}  // namespace

void sequences(Context& context) {
  Grid grid("layers", {"20 steps", "40 steps", "80 steps"}, {"parameters, 40 steps"});
  row<Dense<32>, ReLU>("`Dense<32>, ReLU` on the whole window", grid);
  row<Conv1d<16, 5>, ReLU, GlobalAvgPool>("`Conv1d<16, 5>, ReLU, GlobalAvgPool`", grid);
  row<SimpleRNN<16>>("`SimpleRNN<16>`", grid);
  row<GRU<16>>("`GRU<16>`", grid);
  row<LSTM<16>>("`LSTM<16>`", grid);
  grid.print(context.out);
}

}  // namespace mica::choosing
