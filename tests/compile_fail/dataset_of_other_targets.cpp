// expect: the dataset.s targets do not have as many numbers as the network.s output
#include <mica/mica.hpp>

struct Curve {
  using Sample = mica::Shape<1>;
  static constexpr int targets = 2;
  int size() const { return 1; }
  mica::Status read(int, float*, float*) const { return {}; }
};
using Net = mica::Sequential<mica::Input<1>, mica::Dense<3>>;
mica::Model<Net> model;
mica::Evaluator<Net, mica::MeanSquaredError, 8> evaluator;

mica::Status measure() {
  mica::Evaluation result;
  return evaluator.run(model, Curve(), result);
}
