// What helps if half of the classes have a tenth of the samples of the others?
#include "experiment.hpp"
#include "grid.hpp"
#include "training.hpp"

namespace mica::choosing {
namespace {

constexpr int epochs = 6;
constexpr int first_rare = 5;

using Net = Sequential<Input<28, 28, 1>, Dense<64>, ReLU, Dense<10>>;

// One in ten of the digits 5 to 9.
Digits rarer(const Digits& digits) {
  Digits rest;
  int rare = 0;
  for (int i = 0; i < digits.size(); ++i) {
    if (digits.label(i) < first_rare || rare++ % 10 == 0) rest.add(digits.pixels(i), digits.label(i));
  }
  return rest;
}

template <class Loss>
void row(const char* name, Grid& grid, const Digits& digits, const Digits& rare_test, const Digits& test) {
  Scores f1, balanced_f1, recall, precision;
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    const auto training = std::make_unique<Training<Net, SGDMomentum, 32, Loss>>(seed);
    training->run(digits, epochs);
    F1::On<Net::Output> on_rare, on_all;
    training->accuracy(rare_test, on_rare);
    training->accuracy(test, on_all);
    f1.add(100 * static_cast<double>(on_rare.value()));
    balanced_f1.add(100 * static_cast<double>(on_all.value()));
    double recalls = 0, precisions = 0;
    for (int c = first_rare; c < Digits::classes; ++c) {
      recalls += static_cast<double>(on_rare.matrix().recall(c));
      precisions += static_cast<double>(on_rare.matrix().precision(c));
    }
    recall.add(100 * recalls / (Digits::classes - first_rare));
    precision.add(100 * precisions / (Digits::classes - first_rare));
  }
  grid.add(name, {f1, recall, precision, balanced_f1});
}

}  // namespace

void class_weights(Context& context) {
  const Digits digits = rarer(context.digits.training(10000)), test = context.digits.testing();
  const Digits rare_test = rarer(test);
  Grid grid("loss", {"F1, rare as in training", "recall of the rare", "precision of the rare", "F1, test balanced"});
  row<SoftmaxCrossEntropy>("`SoftmaxCrossEntropy`", grid, digits, rare_test, test);
  row<WeightedCrossEntropy<1, 1, 1, 1, 1, 3, 3, 3, 3, 3>>("`WeightedCrossEntropy`, the rare 3 times", grid, digits,
                                                          rare_test, test);
  row<WeightedCrossEntropy<1, 1, 1, 1, 1, 10, 10, 10, 10, 10>>("`WeightedCrossEntropy`, the rare 10 times", grid,
                                                               digits, rare_test, test);
  grid.print(context.out);
}

}  // namespace mica::choosing
