// Elementary functions, activations, and softmax with its loss.
#pragma once

#include <cmath>

#include <mica/mica.hpp>

#include "case.hpp"

namespace benchmarks {

template <class Measure>
void measure_elementwise(Measure& measure) {
  namespace kernels = mica::kernels;
  constexpr int n = 4096, rows = 64, classes = 10;
  Numbers x(n), y(n);
  for (int i = 0; i < n; ++i) x[static_cast<std::size_t>(i)] = 0.01f + 3.0f * static_cast<float>(i) / n;
  const auto run = [&](const char* name, double flops, auto f) {
    measure({name, "", 0, "4096", "element", n, flops * n, 4.0 * n, 4.0 * n}, f);
  };
  run("exp", 20, [&] { kernels::exp(n, x.data(), y.data()); });
  run("log", 24, [&] { kernels::log(n, x.data(), y.data()); });
  run("tanh", 40, [&] { kernels::tanh(n, x.data(), y.data()); });
  run("sigmoid", 32, [&] { kernels::sigmoid(n, x.data(), y.data()); });
  run("relu", 1, [&] { kernels::relu(n, x.data(), y.data()); });
  run("relu_backward", 1, [&] { kernels::relu_backward(n, x.data(), y.data(), y.data()); });
  run("gelu", 50, [&] { kernels::gelu(n, x.data(), y.data()); });

  Numbers scores = numbers(rows * classes, 1), losses(rows), dscores(rows * classes);
  const std::vector<std::uint8_t> labels(rows, 3);
  constexpr double all = rows * classes;
  measure({"softmax", "", rows, "64x10", "element", all, 22 * all, 4 * all, 4 * all},
          [&] { kernels::softmax(rows, classes, scores.data(), dscores.data()); });
  measure({"softmax_cross_entropy", "", rows, "64x10", "element", all, 24 * all, 4 * all, 4 * all}, [&] {
    kernels::softmax_cross_entropy(rows, classes, scores.data(), labels.data(), 0.01f, losses.data(), dscores.data());
  });
}

// The C library's functions, to hold Mica's beside.
template <class Measure>
void measure_c_library(Measure& measure) {
  constexpr std::size_t n = 4096;
  Numbers x(n), y(n);
  for (std::size_t i = 0; i < n; ++i) x[i] = 0.01f + 3.0f * static_cast<float>(i) / n;
  const auto run = [&](const char* name, double flops, auto function) {
    measure({name, "", 0, "4096", "element", n, flops * n, 4.0 * n, 4.0 * n}, [&] {
      for (std::size_t i = 0; i < n; ++i) y[i] = function(x[i]);
    });
  };
  run("exp", 20, [](float v) { return std::exp(v); });
  run("log", 24, [](float v) { return std::log(v); });
  run("tanh", 40, [](float v) { return std::tanh(v); });
  run("sigmoid", 32, [](float v) { return 1.0f / (1.0f + std::exp(-v)); });
}

}  // namespace benchmarks
