// The three matrix products at the shapes of the reference models.
#pragma once

#include <cstdio>
#include <vector>

#include <mica/mica.hpp>

#include "product_shapes.hpp"
#include "row.hpp"

namespace benchmarks {

inline void measure_products(const Machine& machine) {
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
    const double bytes_x = 4.0 * s.batch * s.in, bytes_w = 4.0 * s.in * s.out, bytes_y = 4.0 * s.batch * s.out;
    const auto print = [&](const char* kernel, double read, double written, auto f) {
      char identity[160];
      std::snprintf(identity, sizeof identity, "\"kernel\":\"%s\",\"model\":\"%s\",\"batch\":%d,\"in\":%d,\"out\":%d",
                    kernel, s.model, s.batch, s.in, s.out);
      print_kernel(machine, identity, {flops, read, written, bytes_x + bytes_w + bytes_y}, 0, f);
    };
    print("forward", bytes_x + bytes_w, bytes_y, [&] {
      mica::kernels::matmul(s.batch, s.out, s.in, x.data(), w.data(), Start<float>::row(bias.data()), y.data(),
                            scratch);
    });
    print("weight_gradient", bytes_x + bytes_y + bytes_w, bytes_w, [&] {
      mica::kernels::matmul_transposed_a(s.in, s.out, s.batch, x.data(), y.data(),
                                         Start<float>::matrix(dw.data(), s.out), dw.data(), scratch);
    });
    print("input_gradient", bytes_y + bytes_w, bytes_x, [&] {
      mica::kernels::matmul_transposed_b(s.batch, s.in, s.out, y.data(), w.data(), Start<float>::zero(), dx.data(),
                                         scratch);
    });
  }
}

}  // namespace benchmarks
