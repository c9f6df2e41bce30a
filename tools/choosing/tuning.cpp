// A network meets other data than it was trained on: train its last layer, the last two, or all of it, on the device?
#include "changed_digits.hpp"
#include "experiment.hpp"
#include "grid.hpp"
#include "training.hpp"

namespace mica::choosing {
namespace {

using Net = Sequential<Input<28, 28, 1>, Conv2d<8, 3, Same>, ReLU, MaxPool2d<2>, Conv2d<16, 3, Same>, ReLU,
                       MaxPool2d<2>, Dense<32>, ReLU, Dense<10>>;
using Last = FreezeFirst<8, Net>;
using LastTwo = FreezeFirst<6, Net>;

// On the device: a batch of one, and no gradient of the whole model.
template <class Tuned>
using OnDevice = Training<Tuned, FusedUpdate<SGD>, 1>;

// The test accuracy after tuning, in all three cases.
template <class Tuned>
void row(const char* name, Grid& grid, const std::vector<Model<Net>>& trained, const Digits& digits,
         const Digits& test) {
  const TurnedDigits turned(digits, 30), turned_test(test, 30);
  const InvertedDigits inverted(digits), inverted_test(test);
  Scores of_turned, of_inverted, of_old;
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    const auto tune = [&](const auto& data, Scores& scores, const auto& changed) {
      const auto training = std::make_unique<OnDevice<Tuned>>(seed);
      copy_weights(trained[seed - 1], training->model);
      training->trainer.optimizer.learning_rate = 0.003f;
      training->run(data, 2);
      scores.add(training->accuracy(changed));
      return training->accuracy(test);
    };
    of_old.add(tune(turned, of_turned, turned_test));
    tune(inverted, of_inverted, inverted_test);
  }
  using Device = OnDevice<Tuned>;
  grid.add(name, {of_turned, of_inverted, of_old},
           {std::to_string(sizeof(Model<Tuned>)), std::to_string(sizeof(decltype(Device::trainer)))});
}

}  // namespace

void tuning(Context& context) {
  const Digits digits = context.digits.training(10000), test = context.digits.testing(5000);
  std::vector<Model<Net>> trained;
  const TurnedDigits turned_test(test, 30);
  const InvertedDigits inverted_test(test);
  Scores of_turned, of_inverted, of_old;
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    const auto training = std::make_unique<Training<Net>>(seed);
    training->run(digits, 3);
    trained.push_back(training->model);
    of_turned.add(training->accuracy(turned_test));
    of_inverted.add(training->accuracy(inverted_test));
    of_old.add(training->accuracy(test));
  }
  const Digits fresh = context.digits.training(10500).from(10000);
  Grid grid("trained on 500 new digits", {"turned by 30 degrees", "inverted", "upright, after tuning to turned ones"},
            {"bytes, `Model`", "bytes, `Trainer`"});
  grid.add("nothing", {of_turned, of_inverted, of_old}, {std::to_string(sizeof(Model<Net>)), "0"});
  row<Last>("last layer", grid, trained, fresh, test);
  row<LastTwo>("last two layers", grid, trained, fresh, test);
  row<Net>("all", grid, trained, fresh, test);
  grid.print(context.out);
}

}  // namespace mica::choosing
