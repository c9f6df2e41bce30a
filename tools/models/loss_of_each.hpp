#pragma once

#include <vector>

#include <mica/metrics/metric.hpp>

namespace mica::models {

// LossOfEach: a metric (mica/metrics/metric.hpp) that keeps the loss of every sample.
template <class Net, class Loss>
class LossOfEach {
  using Output = typename Net::Output;
  using LossOn = typename Loss::template On<Output, float>;

 public:
  std::vector<float> values;

  template <class Target>
  void observe(BatchView<const float, Output> y, Target target) {
    for (int i = 0; i < y.size; ++i) {
      values.push_back(LossOn::evaluate(y.part(i, 1), target.part(i, 1), {gradient_.data(), 1}, scratch_.data()).mean);
    }
  }

 private:
  std::vector<float> gradient_ = std::vector<float>(static_cast<std::size_t>(Output::size));
  std::vector<float> scratch_ = std::vector<float>(static_cast<std::size_t>(LossOn::scratch(1)));
};

}  // namespace mica::models
