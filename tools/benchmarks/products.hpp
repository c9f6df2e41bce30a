// The three matrix products at the shapes of the reference models.
#pragma once

#include <cstdio>

#include <mica/mica.hpp>

#include "case.hpp"
#include "product_shapes.hpp"

namespace benchmarks {

template <class Measure>
void measure_products(Measure& measure, Memory memory) {
  using mica::kernels::Start;
  Numbers panel(mica::kernels::panel_size + 1);
  float* const scratch = mica::kernels::panel_size > 0 ? panel.data() : nullptr;
  for (const ProductShape& s : product_shapes) {
    const double x_bytes = 4.0 * s.batch * s.in, w_bytes = 4.0 * s.in * s.out, y_bytes = 4.0 * s.batch * s.out;
    if (!memory.holds(x_bytes + w_bytes + y_bytes)) continue;
    Numbers x = numbers(count_of(s.batch, s.in), 1), w = numbers(count_of(s.in, s.out), 2);
    Numbers y = numbers(count_of(s.batch, s.out), 3);
    const Numbers bias(count_of(s.out));
    char shape[32];
    std::snprintf(shape, sizeof shape, "%dx%d", s.in, s.out);
    const auto product = [&](const char* kernel, double read, double written, auto f) {
      const double steps = 1.0 * s.batch * s.in * s.out;
      measure({kernel, s.model, s.batch, shape, "multiply-add", steps, 2 * steps, read, written,
               x_bytes + w_bytes + y_bytes},
              f);
    };
    product("forward", x_bytes + w_bytes, y_bytes, [&] {
      mica::kernels::matmul(s.batch, s.out, s.in, x.data(), w.data(), Start<float>::row(bias.data()), y.data(),
                            scratch);
    });
    // The gradients take the place of what the other product needs; numbers that grow would reach infinity.
    product("weight_gradient", x_bytes + y_bytes + w_bytes, w_bytes, [&] {
      mica::kernels::matmul_transposed_a(s.in, s.out, s.batch, x.data(), y.data(),
                                         Start<float>::matrix(w.data(), s.out), w.data(), scratch);
    });
    fill(w.data(), w.size(), 2);
    product("input_gradient", y_bytes + w_bytes, x_bytes, [&] {
      mica::kernels::matmul_transposed_b(s.batch, s.in, s.out, y.data(), w.data(), Start<float>::zero(), x.data(),
                                         scratch);
    });
  }
}

}  // namespace benchmarks
