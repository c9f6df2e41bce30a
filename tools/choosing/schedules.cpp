// Does it pay to change the learning rate during training?
#include "experiment.hpp"
#include "grid.hpp"
#include "training.hpp"

namespace mica::choosing {
namespace {

constexpr int epochs = 4;

using Mlp = Sequential<Input<28, 28, 1>, Dense<64>, ReLU, Dense<10>>;
using Cnn = Sequential<Input<28, 28, 1>, Conv2d<8, 3, Same, 2>, ReLU, Conv2d<16, 3, Same, 2>, ReLU, Dense<10>>;

template <class Net>
Scores scores(const Digits& digits, const Digits& test, Schedule schedule, float rate) {
  return accuracies<Training<Net>>(digits, test, epochs, [schedule, rate](auto& training) {
    training.trainer.schedule = schedule;
    training.trainer.optimizer.learning_rate = rate;
  });
}

}  // namespace

void schedules(Context& context) {
  const Digits digits = context.digits.training(10000), test = context.digits.testing();
  const int steps = Training<Mlp>::steps(digits.size(), epochs), tenth = steps / 10;
  const struct {
    const char* name;
    Schedule schedule;
  } choices[] = {{"`Schedule::constant()`", Schedule::constant()},
                 {"`Schedule::step(steps / 3, 0.3f)`", Schedule::step(steps / 3, 0.3f)},
                 {"`Schedule::cosine(steps)`", Schedule::cosine(steps)},
                 {"`Schedule::constant().warm_up(steps / 10)`", Schedule::constant().warm_up(tenth)},
                 {"`Schedule::cosine(steps).warm_up(steps / 10)`", Schedule::cosine(steps - tenth).warm_up(tenth)}};
  Grid grid("schedule", {"MLP, rate 0.01", "MLP, rate 0.05", "CNN, rate 0.01", "CNN, rate 0.05"});
  for (const auto& choice : choices) {
    grid.add(choice.name,
             {scores<Mlp>(digits, test, choice.schedule, 0.01f), scores<Mlp>(digits, test, choice.schedule, 0.05f),
              scores<Cnn>(digits, test, choice.schedule, 0.01f), scores<Cnn>(digits, test, choice.schedule, 0.05f)});
  }
  grid.print(context.out);
}

}  // namespace mica::choosing
