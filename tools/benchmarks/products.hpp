// The three matrix products at the shapes of the reference models.
#pragma once

#include <cstdio>
#include <vector>

#include <mica/mica.hpp>

#include "timing.hpp"

namespace benchmarks {

struct ProductShape {
  const char* model;
  int batch, in, out;
};

constexpr ProductShape product_shapes[] = {
    {"mlp", 32, 784, 128},    {"mlp", 128, 784, 128},   {"mlp", 32, 128, 10},      {"mlp", 1, 784, 128},
    {"mlp_bn", 64, 784, 256}, {"mlp_bn", 64, 256, 128}, {"deep50", 100, 784, 100}, {"deep50", 100, 100, 100},
    {"deep50", 1, 100, 100},  {"tiny", 8, 64, 32},
};

inline void print_product(const ProductShape& s, const char* name, Rate flops, double peak) {
  std::printf(
      "{\"kernel\":\"%s\",\"model\":\"%s\",\"batch\":%d,\"in\":%d,\"out\":%d,\"gflops\":%.1f,"
      "\"gflops_median\":%.1f,\"share_of_peak\":%.3f}\n",
      name, s.model, s.batch, s.in, s.out, flops.best / 1e9, flops.median / 1e9, flops.best / peak);
}

inline void measure_products(double peak) {
  using mica::kernels::Start;
  std::vector<float> panel(mica::kernels::panel_size + 1);
  float* const scratch = mica::kernels::panel_size > 0 ? panel.data() : nullptr;
  for (const ProductShape& s : product_shapes) {
    const auto count = [](int rows, int columns) {
      return static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns);
    };
    std::vector<float> x(count(s.batch, s.in), 0.5f), w(count(s.in, s.out), 0.01f), y(count(s.batch, s.out), 0.1f);
    std::vector<float> dw(w.size()), dx(x.size()), bias(static_cast<std::size_t>(s.out));
    const double flops = 2.0 * s.batch * s.in * s.out;
    const auto forward = [&] {
      mica::kernels::matmul(s.batch, s.out, s.in, x.data(), w.data(), Start<float>::row(bias.data()), y.data(),
                            scratch);
    };
    const auto weights = [&] {
      mica::kernels::matmul_transposed_a(s.in, s.out, s.batch, x.data(), y.data(),
                                         Start<float>::matrix(dw.data(), s.out), dw.data(), scratch);
    };
    const auto inputs = [&] {
      mica::kernels::matmul_transposed_b(s.batch, s.in, s.out, y.data(), w.data(), Start<float>::zero(), dx.data(),
                                         scratch);
    };
    print_product(s, "forward", measure(flops, forward), peak);
    print_product(s, "weight_gradient", measure(flops, weights), peak);
    print_product(s, "input_gradient", measure(flops, inputs), peak);
  }
}

}  // namespace benchmarks
