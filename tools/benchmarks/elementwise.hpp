// Elementary functions, softmax with its loss, optimizer steps and normalisation, at sizes of the reference models.
#pragma once

#include <cmath>
#include <cstdint>
#include <cstdio>
#include <vector>

#include <mica/mica.hpp>

#include "row.hpp"

namespace benchmarks {

inline void measure_elementwise(const Machine& machine) {
  namespace kernels = mica::kernels;
  constexpr int n = 4096, weights = 784 * 128, rows = 64, columns = 256, classes = 10;
  std::vector<float> x(n), y(n);
  for (int i = 0; i < n; ++i) x[static_cast<std::size_t>(i)] = 0.01f + 3.0f * static_cast<float>(i) / n;
  const auto print = [&](const char* name, double elements, double flops, double read, double written, auto f) {
    char identity[96];
    std::snprintf(identity, sizeof identity, "\"kernel\":\"%s\",\"elements\":%.0f", name, elements);
    // What is written is either read first or an array of its own.
    const double footprint = 4 * elements * (read > 1 ? read : read + written);
    print_kernel(machine, identity, {flops * elements, 4 * read * elements, 4 * written * elements, footprint},
                 elements, f);
  };
  print("exp", n, 20, 1, 1, [&] { kernels::exp(n, x.data(), y.data()); });
  print("log", n, 24, 1, 1, [&] { kernels::log(n, x.data(), y.data()); });
  print("tanh", n, 40, 1, 1, [&] { kernels::tanh(n, x.data(), y.data()); });
  print("sigmoid", n, 32, 1, 1, [&] { kernels::sigmoid(n, x.data(), y.data()); });
  print("relu", n, 1, 1, 1, [&] { kernels::relu(n, x.data(), y.data()); });
  print("libm_exp", n, 20, 1, 1, [&] {
    for (std::size_t i = 0; i < n; ++i) y[i] = std::exp(x[i]);
  });
  print("libm_tanh", n, 40, 1, 1, [&] {
    for (std::size_t i = 0; i < n; ++i) y[i] = std::tanh(x[i]);
  });

  std::vector<float> scores(rows * classes, 0.5f), losses(rows), dscores(rows * classes);
  const std::vector<std::uint8_t> labels(rows, 3);
  print("softmax_cross_entropy", rows * classes, 24, 1, 1, [&] {
    kernels::softmax_cross_entropy(rows, classes, scores.data(), labels.data(), 0.01f, losses.data(), dscores.data());
  });

  std::vector<float> w(weights, 0.1f), g(weights, 0.001f), m(weights, 0.1f), v(weights, 0.1f);
  print("sgd", weights, 4, 2, 2, [&] { kernels::sgd(weights, 1e-9f, 0.0f, g.data(), w.data()); });
  print("sgd_momentum", weights, 6, 3, 3,
        [&] { kernels::sgd_momentum(weights, 1e-9f, 0.0f, 0.9f, false, g.data(), m.data(), w.data()); });
  const kernels::MomentStep<float> step = {0.0f, 0.9f, 0.999f, 0.0f, 0.0f, 1.0f, 1e-8f, 1e-9f, 1.0f};
  print("adam", weights, 14, 4, 4, [&] { kernels::adam(weights, step, g.data(), m.data(), v.data(), w.data()); });

  std::vector<float> batch(rows * columns, 0.3f), out(rows * columns), scale(columns, 1.0f), shift(columns);
  std::vector<float> mean(columns), variance(columns), row_mean(rows), row_inverse(rows);
  for (std::size_t i = 0; i < batch.size(); ++i) batch[i] = static_cast<float>(i % 97) * 0.01f;
  print("layer_norm", rows * columns, 8, 1, 1, [&] {
    kernels::normalize_rows(rows, columns, 1e-5f, batch.data(), scale.data(), shift.data(), out.data(), row_mean.data(),
                            row_inverse.data());
  });
  print("batch_norm", rows * columns, 8, 1, 1, [&] {
    kernels::column_moments(rows, columns, columns, batch.data(), batch.data(), mean.data(), variance.data());
    kernels::inverse_deviation(columns, variance.data(), 1e-5f, variance.data());
    kernels::normalize_columns(rows, columns, batch.data(), batch.data(), mean.data(), variance.data(), shift.data(),
                               out.data());
  });
}

}  // namespace benchmarks
