// A network with a norm goes on learning on a device, one sample at a time, when the digits are suddenly turned or
// inverted: which norm can do that?
#include "changed_digits.hpp"
#include "experiment.hpp"
#include "grid.hpp"
#include "training.hpp"

namespace mica::choosing {
namespace {

template <class Norm>
using Net =
    Sequential<Input<28, 28, 1>, Conv2d<8, 3, Same, 2>, Norm, ReLU, Conv2d<16, 3, Same, 2>, Norm, ReLU, Dense<10>>;

// Trains with batches of 32 on upright digits, then with batches of one on changed ones.
template <class OnPc, class OnDevice>
void row(const char* name, Grid& grid, const Digits& digits, const Digits& fresh, const Digits& test) {
  const TurnedDigits turned(fresh, 30), turned_test(test, 30);
  const InvertedDigits inverted(fresh), inverted_test(test);
  Scores upright, before, after, after_inverted;
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    const auto on_pc = std::make_unique<Training<Net<OnPc>>>(seed);
    on_pc->run(digits, 4);
    upright.add(on_pc->accuracy(test));
    before.add(on_pc->accuracy(turned_test));
    const auto go_on = [&](const auto& data, const auto& changed_test) {
      const auto on_device = std::make_unique<Training<Net<OnDevice>, FusedUpdate<SGD>, 1>>(seed);
      copy_weights(on_pc->model, on_device->model);
      on_device->trainer.optimizer.learning_rate = 0.003f;
      on_device->run(data, 2);
      return on_device->accuracy(changed_test);
    };
    after.add(go_on(turned, turned_test));
    after_inverted.add(go_on(inverted, inverted_test));
  }
  grid.add(name, {upright, before, after, after_inverted});
}

}  // namespace

void device(Context& context) {
  const Digits digits = context.digits.training(10000), test = context.digits.testing(5000);
  // The device sees 500 digits that the PC has not seen, twice.
  const Digits fresh = context.digits.training(10500).from(10000);
  Grid grid("norm on the PC, on the device", {"upright, from the PC", "turned, from the PC",
                                              "turned, after 1,000 steps", "inverted, after 1,000 steps"});
  row<Identity, Identity>("none", grid, digits, fresh, test);
  row<BatchNorm<>, BatchNorm<>>("`BatchNorm<>` on both", grid, digits, fresh, test);
  row<BatchNorm<>, BatchNorm<FrozenAverages>>("`BatchNorm<>`, then `BatchNorm<FrozenAverages>`", grid, digits, fresh,
                                              test);
  row<LayerNorm<>, LayerNorm<>>("`LayerNorm<>` on both", grid, digits, fresh, test);
  row<GroupNorm<4>, GroupNorm<4>>("`GroupNorm<4>` on both", grid, digits, fresh, test);
  grid.print(context.out);
}

}  // namespace mica::choosing
