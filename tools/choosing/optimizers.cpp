// Which optimizer, at which rate, and what does it cost?
#include "experiment.hpp"
#include "grid.hpp"
#include "training.hpp"

namespace mica::choosing {
namespace {

constexpr int epochs = 4;
constexpr float rates[] = {0.0001f, 0.0003f, 0.001f, 0.003f, 0.01f, 0.03f, 0.1f, 0.3f, 1.0f};
constexpr const char* names[] = {"0.0001", "0.0003", "0.001", "0.003", "0.01", "0.03", "0.1", "0.3", "1"};
// A rate counts as good if its mean accuracy is at most this far below that of the best rate.
constexpr double good = 1;

using Mlp = Sequential<Input<28, 28, 1>, Dense<64>, ReLU, Dense<10>>;
using Cnn = Sequential<Input<28, 28, 1>, Conv2d<8, 3, Same, 2>, ReLU, Conv2d<16, 3, Same, 2>, ReLU, Dense<10>>;

struct Sweep {
  Scores best;
  std::string best_rate, good_rates;
};

// Four rates for each, a factor of about 3 apart, each falling to 0 along a cosine, so that methods are compared and not
// the noise of the last steps.
template <class Trained>
Sweep sweep(int first, const Digits& digits, const Digits& test) {
  constexpr int count = 4;
  Scores scores[count];
  int best = 0;
  for (int i = 0; i < count; ++i) {
    scores[i] = accuracies<Trained>(digits, test, epochs, [&](auto& training) {
      training.trainer.optimizer.learning_rate = rates[first + i];
      training.trainer.schedule = Schedule::cosine(Trained::steps(digits.size(), epochs));
    });
    if (scores[i].mean() > scores[best].mean()) best = i;
  }
  int from = best, to = best;
  const auto is_good = [&](int i) { return scores[i].mean() >= scores[best].mean() - good; };
  while (from > 0 && is_good(from - 1)) --from;
  while (to + 1 < count && is_good(to + 1)) ++to;
  std::string good_rates = names[first + from];
  if (to > from) good_rates += std::string(" to ") + names[first + to];
  // Rates that were not tried might be good, too.
  if (from == 0) good_rates += ", lower untried";
  if (to + 1 == count) good_rates += ", higher untried";
  return {scores[best], names[first + best], good_rates};
}

template <class Optimizer>
void row(const char* name, int first, Grid& grid, const Digits& digits, const Digits& test) {
  using OfMlp = Training<Mlp, Optimizer>;
  const Sweep mlp = sweep<OfMlp>(first, digits, test);
  const Sweep cnn = sweep<Training<Cnn, Optimizer>>(first, digits, test);
  const int bytes = 4 * decltype(OfMlp::trainer)::state_count / Mlp::parameters;
  grid.add(name, {mlp.best, cnn.best},
           {mlp.best_rate + ", " + cnn.best_rate, mlp.good_rates, cnn.good_rates, std::to_string(bytes)});
}

}  // namespace

void optimizers(Context& context) {
  const Digits digits = context.digits.training(5000), test = context.digits.testing(5000);
  Grid grid("optimizer, of 4 rates the best", {"MLP", "CNN"},
            {"best rate (MLP, CNN)", "good rates, MLP", "good rates, CNN", "bytes of state per parameter"});
  row<SGD>("`SGD`", 5, grid, digits, test);
  row<SGDMomentum>("`SGDMomentum`", 3, grid, digits, test);
  row<Adagrad>("`Adagrad`", 3, grid, digits, test);
  row<RMSprop>("`RMSprop`", 1, grid, digits, test);
  row<Adam>("`Adam`", 2, grid, digits, test);
  row<AdamW>("`AdamW`", 2, grid, digits, test);
  row<Nadam>("`Nadam`", 2, grid, digits, test);
  row<Lion>("`Lion`", 0, grid, digits, test);
  grid.print(context.out);
}

}  // namespace mica::choosing
