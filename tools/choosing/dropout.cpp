// Does dropout help, and does it next to BatchNorm?
#include "experiment.hpp"
#include "grid.hpp"
#include "training.hpp"

namespace mica::choosing {
namespace {

template <class... Hidden>
using Net = Sequential<Input<28, 28, 1>, Dense<128>, Hidden..., Dense<10>>;

// About as many steps whatever the number of samples.
struct Case {
  Digits digits;
  int epochs;
};

template <class... Hidden>
void row(const char* name, Grid& grid, const std::vector<Case>& cases, const Digits& test) {
  std::vector<Scores> scores;
  for (const Case& c : cases)
    scores.push_back(accuracies<Training<Net<Hidden...>>>(c.digits, test, c.epochs, [](auto&) {}));
  grid.add(name, scores);
}

}  // namespace

void dropout(Context& context) {
  const std::vector<Case> cases = {
      {context.digits.training(1000), 60}, {context.digits.training(10000), 10}, {context.digits.training(60000), 2}};
  const Digits test = context.digits.testing();
  Grid grid("784-128-10, hidden layer",
            {"1,000 samples, 60 epochs", "10,000 samples, 10 epochs", "60,000 samples, 2 epochs"});
  row<ReLU>("`ReLU`", grid, cases, test);
  row<ReLU, Dropout<1, 5>>("`ReLU, Dropout<1, 5>`", grid, cases, test);
  row<ReLU, Dropout<1, 2>>("`ReLU, Dropout<1, 2>`", grid, cases, test);
  row<BatchNorm<>, ReLU>("`BatchNorm<>, ReLU`", grid, cases, test);
  row<BatchNorm<>, ReLU, Dropout<1, 5>>("`BatchNorm<>, ReLU, Dropout<1, 5>`", grid, cases, test);
  row<BatchNorm<>, ReLU, Dropout<1, 2>>("`BatchNorm<>, ReLU, Dropout<1, 2>`", grid, cases, test);
  grid.print(context.out);
}

}  // namespace mica::choosing
