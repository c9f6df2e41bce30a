// An imported network against PyTorch: its first outputs, and the losses while it learns.
#pragma once

#include <cstdint>
#include <type_traits>

#include "tests/onnx/node_case.hpp"

template <class Net, class Loss, int batch>
bool learns(const mica::Model<Net>& imported, const std::string& name, int classes, float rate) {
  static mica::Model<Net> model;
  static mica::Trainer<Net, Loss, mica::SGD, batch> trainer;
  static mica::Predictor<Net> predict;
  const std::vector<float> x = read_numbers(name + ".input"), expected = read_numbers(name + ".output"),
                           losses = read_numbers(name + ".losses"), target = read_numbers(name + ".target");
  constexpr std::size_t out = Net::Output::size;
  if (x.size() != batch * static_cast<std::size_t>(Net::Input::size) || expected.size() != batch * out) {
    return std::printf("%s: other sizes\n", name.c_str()), false;
  }
  // Relative to the largest output.
  float largest = 0, difference = 0;
  for (std::size_t i = 0; i < batch; ++i) {
    std::vector<float> y(out);
    predict(imported, {x.data() + i * Net::Input::size, 1}, {y.data(), 1});
    for (std::size_t j = 0; j < out; ++j) {
      largest = std::fmax(largest, std::fabs(expected[i * out + j]));
      difference = std::fmax(difference, std::fabs(y[j] - expected[i * out + j]));
    }
  }
  model = imported;
  trainer.optimizer = {rate};
  std::uint8_t labels[batch];
  for (int i = 0; i < batch; ++i) labels[i] = static_cast<std::uint8_t>(classes == 0 ? 0 : i % classes);
  float worst = 0;
  for (const float loss : losses) {
    float found = 0;
    if constexpr (std::is_same_v<Loss, mica::MeanSquaredError>) {
      found = trainer.step(model, {x.data(), batch}, {target.data(), batch});
    } else {
      found = trainer.step(model, {x.data(), batch}, {labels, batch});
    }
    const float off = std::fabs(found - loss);
    worst = off <= worst ? worst : off;  // also where it is not a number
  }
  const float relative = difference / largest;
  const bool good = relative <= 1e-4f && worst <= 1e-3f;
  std::printf("%-14s outputs differ by %.1e relative, the loss of 100 steps (%.4f to %.4f) by at most %.1e%s\n",
              name.c_str(), static_cast<double>(relative), static_cast<double>(losses[0]),
              static_cast<double>(losses.back()), static_cast<double>(worst), good ? "" : ": too much");
  return good;
}
