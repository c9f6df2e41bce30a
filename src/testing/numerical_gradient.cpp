#include <mica/testing/numerical_gradient.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace testing {
namespace {

constexpr double step = 0x1p-17;
constexpr double small_step = 0x1p-23;

struct Difference {
  double slope, noise;
};

double magnitude(double v) { return v < 0 ? -v : v; }

// `number` is one of those that a pass starts from.
Difference difference(LayerChecks<double>& checks, int n, double& number, double h) {
  Bench<double>& bench = checks.bench;
  const int outputs = n * bench.layer.outputs;
  const double middle = number;
  const double above = middle + h, below = middle - h;
  number = above;
  bench.reset(n);
  bench.forward(bench.y.data());
  for (int j = 0; j < outputs; ++j) checks.y[j] = bench.y.data()[j];
  number = below;
  bench.reset(n);
  bench.forward(bench.y.data());
  number = middle;

  double change = 0, size = 0;
  for (int j = 0; j < outputs; ++j) {
    const double weight = bench.start_dy[j];
    change += weight * (checks.y[j] - bench.y.data()[j]);
    size += magnitude(weight * checks.y[j]);
  }
  const double rounding = 0x1p-50;  // of a result of a few operations
  return {change / (above - below), rounding * size / (above - below)};
}

}  // namespace

void NumericalGradient::check(LayerChecks<double>& checks, int n, bool check_dx, double tolerance) {
  const Bench<double>& bench = checks.bench;
  if (check_dx) check_numbers(checks, "dx", n, n * bench.layer.inputs, bench.start_x, checks.dx, tolerance);
  if (bench.layer.parameters > 0) {
    check_numbers(checks, "gradient", n, bench.layer.parameters, bench.start_params, checks.gradient, tolerance);
  }
}

void NumericalGradient::check_numbers(LayerChecks<double>& checks, const char* name, int n, int count, double* numbers,
                                      const double* analytic, double tolerance) {
  const auto take = [&](int i, double h) {
    const Difference d = difference(checks, n, numbers[i], h);
    slopes_[i] = d.slope;
    noises_[i] = d.noise;
  };
  double sum = 0;
  for (int i = 0; i < count; ++i) {
    take(i, step);
    sum += slopes_[i] * slopes_[i];
  }
  const double mean_square_root = __builtin_sqrt(sum / count);
  for (int i = 0; i < count; ++i) {
    const double distance = magnitude(analytic[i] - slopes_[i]);
    const double size = magnitude(slopes_[i]);
    if (!(distance <= tolerance * (size > mean_square_root ? size : mean_square_root))) take(i, small_step);
  }
  checks.report->measured(checks.expect_close("backward must give the numerical gradient", name, count, analytic,
                                              slopes_, {tolerance, 0, noises_}));
}

}  // namespace testing
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
