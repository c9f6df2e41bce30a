// Is the average of the weights over the last steps better than the last weights?
#include "experiment.hpp"
#include "grid.hpp"
#include "training.hpp"

namespace mica::choosing {
namespace {

constexpr int epochs = 4;
constexpr float decays[] = {0.9f, 0.99f, 0.999f};

using Net = Sequential<Input<28, 28, 1>, Dense<64>, ReLU, Dense<10>>;

// One training gives the last weights and all averages.
struct Case {
  Scores last, average[3];
};

Case train(const Digits& digits, const Digits& test, float rate, Schedule schedule) {
  Case result;
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    const auto training = std::make_unique<Training<Net>>(seed);
    const auto averages = std::make_unique<ExponentialAverage<Net>[]>(3);
    for (std::size_t i = 0; i < 3; ++i) averages[i].decay = decays[i];
    training->trainer.optimizer.learning_rate = rate;
    training->trainer.schedule = schedule;
    training->run(digits, epochs, [&](const Model<Net>& model) {
      for (std::size_t i = 0; i < 3; ++i) averages[i].update(model);
    });
    result.last.add(training->accuracy(test));
    for (std::size_t i = 0; i < 3; ++i) result.average[i].add(training->accuracy_of(averages[i].model(), test));
  }
  return result;
}

}  // namespace

void averaging(Context& context) {
  const Digits digits = context.digits.training(10000), test = context.digits.testing();
  const int steps = Training<Net>::steps(digits.size(), epochs);
  const Case cases[] = {train(digits, test, 0.01f, Schedule::constant()),
                        train(digits, test, 0.05f, Schedule::constant()),
                        train(digits, test, 0.05f, Schedule::cosine(steps))};
  Grid grid("weights", {"rate 0.01", "rate 0.05", "rate 0.05, `Schedule::cosine`"});
  const auto row = [&](const char* name, auto part) {
    grid.add(name, {part(cases[0]), part(cases[1]), part(cases[2])});
  };
  row("the last", [](const Case& c) { return c.last; });
  row("average, `decay = 0.9f`", [](const Case& c) { return c.average[0]; });
  row("average, `decay = 0.99f`", [](const Case& c) { return c.average[1]; });
  row("average, `decay = 0.999f`", [](const Case& c) { return c.average[2]; });
  grid.print(context.out);
}

}  // namespace mica::choosing
