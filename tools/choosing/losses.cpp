// Which loss for numbers, with and without outliers among the targets?
#include "experiment.hpp"
#include "grid.hpp"
#include "training.hpp"

namespace mica::choosing {
namespace {

// Readings: a smooth function of four readings, learnt from targets of which a share is far off, as when a sensor was
// read wrongly. It needs no files.
class Readings {
 public:
  using Sample = Shape<4>;
  static constexpr int targets = 1;

  Readings(int size, std::uint32_t part, std::uint32_t wrong_percent)
      : random_(Random(1).fork(part)), size_(size), wrong_percent_(wrong_percent) {}

  int size() const { return size_; }
  Status read(int index, float* sample, float* target) const {
    const Random random = random_.fork(static_cast<std::uint32_t>(index));
    for (int i = 0; i < Sample::size; ++i) sample[i] = 2 * random.uniform(static_cast<std::uint32_t>(i)) - 1;
    *target = sample[0] * sample[1] + sample[2] * sample[2] - sample[3];
    if (random.below(100, 4) < wrong_percent_) *target = *target + 10 * random.uniform(5);
    return {};
  }

 private:
  Random random_;
  int size_;
  std::uint32_t wrong_percent_;
};

using Net = Sequential<Input<4>, Dense<16>, Tanh, Dense<1>>;

// The mean absolute error against right targets.
template <class Loss>
Scores errors(const Readings& readings, const Readings& test) {
  Scores scores;
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    const auto training = std::make_unique<Training<Net, Adam, 20, Loss>>(seed);
    training->trainer.optimizer.learning_rate = 0.01f;
    training->run(readings, 30);
    MeanAbsoluteError::On<Net::Output> error;
    training->accuracy(test, error);
    scores.add(static_cast<double>(error.value()));
  }
  return scores;
}

template <class Loss>
void row(const char* name, Grid& grid, const Readings& test) {
  grid.add(name, {errors<Loss>(Readings(500, 1, 0), test), errors<Loss>(Readings(500, 1, 5), test),
                  errors<Loss>(Readings(500, 1, 20), test)});
}

}  // namespace

void losses(Context& context) {
  const Readings test(500, 2, 0);
  Grid grid("loss", {"all targets right", "5 % far off", "20 % far off"}, {}, Grid::Best::lowest, 3);
  row<MeanSquaredError>("`MeanSquaredError`", grid, test);
  row<Huber<1, 10>>("`Huber<1, 10>`", grid, test);
  row<L1>("`L1`", grid, test);
  grid.print(context.out);
}

}  // namespace mica::choosing
