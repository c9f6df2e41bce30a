// What helps if a fifth of the labels is wrong?
#include "experiment.hpp"
#include "grid.hpp"
#include "training.hpp"

namespace mica::choosing {
namespace {

constexpr int epochs = 12;

template <class... Before>
using Net = Sequential<Input<28, 28, 1>, Dense<128>, ReLU, Before..., Dense<10>>;

Digits with_wrong_labels(Digits digits, std::uint32_t percent) {
  const Random random(1);
  for (int i = 0; i < digits.size(); ++i) {
    const Random own = random.fork(static_cast<std::uint32_t>(i));
    // One of the nine other classes.
    const auto other = static_cast<std::uint8_t>((digits.label(i) + 1 + own.below(9, 1)) % 10);
    if (own.below(100, 0) < percent) digits.label(i) = other;
  }
  return digits;
}

template <class Trained>
struct Row {
  template <class Data, class SetUp>
  static void add(const char* name, Grid& grid, const Data& clean, const Data& noisy, const Digits& test,
                  SetUp set_up) {
    grid.add(name,
             {accuracies<Trained>(clean, test, epochs, set_up), accuracies<Trained>(noisy, test, epochs, set_up)});
  }
};
template <class Loss, class... Before>
using With = Row<Training<Net<Before...>, SGDMomentum, 32, Loss>>;

}  // namespace

void noisy_labels(Context& context) {
  const Digits clean = context.digits.training(6000), test = context.digits.testing();
  const Digits noisy = with_wrong_labels(clean, 20);
  const auto as_it_is = [](auto&) {};
  // A tenth of the samples, wrong labels included, tells when to stop.
  const auto stop_early = [](auto& training) {
    training.fit.validation_share = 0.1f;
    training.fit.stopping.patience = 2;
  };
  using Usual = SoftmaxCrossEntropy;
  Grid grid("784-128-10, 12 epochs", {"all labels right", "20 % wrong"});
  With<Usual>::add("`SoftmaxCrossEntropy`", grid, clean, noisy, test, as_it_is);
  With<SmoothedCrossEntropy<1, 10>>::add("`SmoothedCrossEntropy<1, 10>`", grid, clean, noisy, test, as_it_is);
  With<SmoothedCrossEntropy<3, 10>>::add("`SmoothedCrossEntropy<3, 10>`", grid, clean, noisy, test, as_it_is);
  With<Usual, Dropout<1, 2>>::add("`Dropout<1, 2>`", grid, clean, noisy, test, as_it_is);
  With<SoftTargetCrossEntropy>::add("`Mixup{0.2f}` and `SoftTargetCrossEntropy`", grid, Augmented(clean, Mixup{0.2f}),
                                    Augmented(noisy, Mixup{0.2f}), test, as_it_is);
  Row<Training<Net<>, SGDMomentum, 32, Usual, EarlyStopping>>::add("`EarlyStopping` of patience 2", grid, clean, noisy,
                                                                   test, stop_early);
  grid.print(context.out);
}

}  // namespace mica::choosing
