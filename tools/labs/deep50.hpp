// The net of 50 layers that several labs look into, before and after training.
#pragma once

#include "plots.hpp"
#include "training.hpp"

namespace mica::labs {

constexpr int deep_layers = 49;  // hidden ones, 100 units wide each

template <class... Block>
using DeepNet =
    typename RepeatedOf<Sequential<Input<28, 28, 1>>, deep_layers, Block...>::template With<Dense<10, Drawn>>;

// What each hidden layer's block of `parts` layers puts out at its end, per sample, and its weights' gradient.
struct Profile {
  std::vector<double> activation, gradient, variance;  // of layers 1 ... 49
};

template <class Look>
Profile profile_of(const Look& look, int parts) {
  Profile profile;
  for (int layer = 0; layer < deep_layers; ++layer) {
    const LayerReport& end = look.layer(layer * parts + parts - 1);
    const ParameterReport& weight = look.parameter(look.facts(layer * parts).first_tensor);
    profile.activation.push_back(static_cast<double>(end.output.norm) / std::sqrt(end.samples));
    profile.gradient.push_back(static_cast<double>(weight.gradient.norm));
    profile.variance.push_back(static_cast<double>(weight.value.deviation) *
                               static_cast<double>(weight.value.deviation));
  }
  return profile;
}

// The geometric mean over several random starts, before any training.
template <class Net>
Profile profile_at_start(const Digits& digits, double over_inputs, int starts, std::uint64_t seed, int parts) {
  Drawn::over_inputs = over_inputs;
  Profile mean;
  mean.activation.assign(deep_layers, 0);
  mean.gradient.assign(deep_layers, 0);
  for (int s = 0; s < starts; ++s) {
    auto run = start<Run<Net, SGD, 100>>(seed * 1000 + static_cast<std::uint64_t>(s));
    run->trainer.optimizer.learning_rate = 0;
    run->step(digits, true);
    const Profile one = profile_of(run->look, parts);
    for (std::size_t i = 0; i < deep_layers; ++i) {
      mean.activation[i] += std::log(one.activation[i]) / starts;
      mean.gradient[i] += std::log(one.gradient[i]) / starts;
    }
  }
  for (double& value : mean.activation) value = std::exp(value);
  for (double& value : mean.gradient) value = std::exp(value);
  return mean;
}

inline Series over_layers(Text name, const std::vector<double>& values, Series::Style style = Series::Style::line) {
  Series series{std::move(name), {}, {}, style};
  for (std::size_t i = 0; i < values.size(); ++i) series.add(static_cast<double>(i + 1), values[i]);
  return series;
}

inline double ratio_of_extremes(const std::vector<double>& values) {
  return *std::max_element(values.begin(), values.end()) / *std::min_element(values.begin(), values.end());
}

}  // namespace mica::labs
