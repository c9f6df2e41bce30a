// expect: the loss needs other targets than the data give.*Other losses need numbers
#include <mica/mica.hpp>

using Net = mica::Sequential<mica::Input<8, 8, 1>, mica::Dense<10>>;
mica::Model<Net> model;
mica::Evaluator<Net, mica::MeanSquaredError, 8> evaluator;

mica::Status measure() {
  const auto digits = mica::SyntheticDigits<mica::Shape<8, 8, 1>>::training(100, 1);
  mica::Evaluation result;
  return evaluator.run(model, digits, result);
}
