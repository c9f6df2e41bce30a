#pragma once

#include <mica/testing/layer_checks.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace testing {

// NumericalGradient: the gradient of L = sum over j of w_j y_j, w = dy, by central differences through forward:
//   dL/dp = sum over j of w_j (y_j(p + h) - y_j(p - h)) / 2h
// Its own error, besides h^2 times the third derivative, is the rounding of y divided by h: the noise. Where a number
// disagrees with backward it is taken again with a smaller h, because a kink may lie between p - h and p + h.
// Memory: twice as many numbers as the layer has parameters or inputs in a batch.
template <class Bound, int batch>
class NumericalGradient {
 public:
  using Checks = LayerChecks<Bound, batch>;
  static_assert(sizeof(typename Checks::T) == sizeof(double), "mica: numerical gradients need double.");

  // Expects in checks.dx and checks.gradient what backward gave for n samples.
  void check(Checks& checks, int n, bool check_dx, double tolerance) {
    if (check_dx) {
      double* const x = checks.bench.start_x.data();
      check_numbers(checks, "dx", n, n * Checks::inputs, x, checks.dx.data(), tolerance);
    }
    if (Checks::parameters > 0) {
      double* const parameters = numbers_of<double>(checks.bench.start_params);
      check_numbers(checks, "gradient", n, Checks::parameters, parameters, checks.gradient.data(), tolerance);
    }
  }

 private:
  static constexpr double step = 0x1p-17;
  static constexpr double small_step = 0x1p-23;
  static constexpr int most = batch * Checks::inputs > Checks::parameters ? batch* Checks::inputs : Checks::parameters;

  struct Difference {
    double slope, noise;
  };

  void check_numbers(Checks& checks, const char* name, int n, int count, double* numbers, const double* analytic,
                     double tolerance) {
    double sum = 0;
    for (int i = 0; i < count; ++i) {
      put(i, difference(checks, n, numbers[i], step));
      sum += slopes_[i] * slopes_[i];
    }
    const double mean_square_root = __builtin_sqrt(sum / count);
    for (int i = 0; i < count; ++i) {
      const double distance = magnitude(analytic[i] - slopes_[i]);
      const double size = magnitude(slopes_[i]);
      if (!(distance <= tolerance * (size > mean_square_root ? size : mean_square_root))) {
        put(i, difference(checks, n, numbers[i], small_step));
      }
    }
    checks.report->measured(checks.expect_close("backward must give the numerical gradient", name, count, analytic,
                                                slopes_, tolerance, [this](int i) { return noises_[i]; }));
  }

  void put(int i, Difference d) {
    slopes_[i] = d.slope;
    noises_[i] = d.noise;
  }

  // `number` is one of those that a pass starts from.
  static Difference difference(Checks& checks, int n, double& number, double h) {
    auto& bench = checks.bench;
    const double middle = number;
    const double above = middle + h, below = middle - h;
    number = above;
    bench.reset(n);
    bench.forward(bench.y.data());
    for (int j = 0; j < n * Checks::outputs; ++j) checks.y.data()[j] = bench.y.data()[j];
    number = below;
    bench.reset(n);
    bench.forward(bench.y.data());
    number = middle;

    double change = 0, size = 0;
    for (int j = 0; j < n * Checks::outputs; ++j) {
      const double weight = bench.start_dy.data()[j];
      change += weight * (checks.y.data()[j] - bench.y.data()[j]);
      size += magnitude(weight * checks.y.data()[j]);
    }
    const double rounding = 0x1p-50;  // of a result of a few operations
    return {change / (above - below), rounding * size / (above - below)};
  }
  static double magnitude(double v) { return v < 0 ? -v : v; }

  double slopes_[most], noises_[most];
};

}  // namespace testing
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
