// What helps when there are few samples?
#include "experiment.hpp"
#include "grid.hpp"
#include "training.hpp"

namespace mica::choosing {
namespace {

constexpr int epochs = 40;

template <class... Before>
using Mlp = Sequential<Input<28, 28, 1>, Dense<64>, ReLU, Before..., Dense<10>>;
template <class... Before>
using Cnn =
    Sequential<Input<28, 28, 1>, Conv2d<8, 3, Same, 2>, ReLU, Conv2d<16, 3, Same, 2>, ReLU, Before..., Dense<10>>;

template <class Loss, class... Before>
struct Row {
  template <class Data, class SetUp>
  static void add(const char* name, Grid& grid, const Data& data, const Digits& test, SetUp set_up) {
    using OfMlp = Training<Mlp<Before...>, SGDMomentum, 32, Loss>;
    using OfCnn = Training<Cnn<Before...>, SGDMomentum, 32, Loss>;
    grid.add(name, {accuracies<OfMlp>(data, test, epochs, set_up), accuracies<OfCnn>(data, test, epochs, set_up)});
  }
};

}  // namespace

void little_data(Context& context) {
  const Digits digits = context.digits.training(1000), test = context.digits.testing();
  const auto as_it_is = [](auto&) {};
  const auto decay = [](auto& training) { training.trainer.optimizer.weight_decay = 0.005f; };
  using Usual = SoftmaxCrossEntropy;
  Grid grid("1,000 samples, 40 epochs", {"MLP, 784-64-10", "CNN"});
  Row<Usual>::add("nothing", grid, digits, test, as_it_is);
  Row<Usual>::add("`optimizer.weight_decay = 0.005f`", grid, digits, test, decay);
  Row<Usual, Dropout<1, 2>>::add("`Dropout<1, 2>` before the outputs", grid, digits, test, as_it_is);
  Row<SmoothedCrossEntropy<1, 10>>::add("`SmoothedCrossEntropy<1, 10>`", grid, digits, test, as_it_is);
  Row<Usual>::add("`Augmented` with `Noise{0.2f}`", grid, Augmented(digits, Noise{0.2f}), test, as_it_is);
  Row<Usual>::add("`Augmented` with `Shift{2}`", grid, Augmented(digits, Shift{2}), test, as_it_is);
  Row<Usual>::add("`Augmented` with `Shift{2}, Rotate{10}`", grid, Augmented(digits, Shift{2}, Rotate{10}), test,
                  as_it_is);
  Row<SoftTargetCrossEntropy>::add("`Augmented` with `Mixup{0.2f}` and `SoftTargetCrossEntropy`", grid,
                                   Augmented(digits, Mixup{0.2f}), test, as_it_is);
  grid.print(context.out);
}

}  // namespace mica::choosing
