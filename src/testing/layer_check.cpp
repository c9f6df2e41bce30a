#include <mica/testing/layer_check.hpp>
#include <mica/testing/numerical_gradient.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace testing {
namespace {

void set(int i, float value, float* in_float, double* in_double) {
  in_float[i] = value;
  in_double[i] = static_cast<double>(value);
}

template <class T>
void check_passes(LayerChecks<T>& checks, int n) {
  checks.check_infer(n);
  checks.check_forward(n);
  checks.check_backward(n);
}

}  // namespace

CheckReport LayerCheck::run(const CheckOptions& options) {
  const int batch = in_float.bench.layer.batch;
  CheckReport report;
  in_float.report = in_double.report = &report;
  in_float.subject = in_double.subject = subject;
  in_float.check_initialize(options.seed);
  in_double.check_initialize(options.seed);
  draw(options);
  in_float.warm_up(batch);
  in_double.warm_up(batch);
  check_samples(batch, options);
  if (batch > 2) check_samples(batch - 1, options);
  return report;
}

// Inputs, weights of the outputs, and parameters that are not as special as those of a new layer; the same ones in
// float and double.
void LayerCheck::draw(const CheckOptions& options) {
  const Bench<float>& bench = in_float.bench;
  const Bench<double>& bench_in_double = in_double.bench;
  const Random random(options.seed);
  const auto even = [random](std::uint32_t stream, int i, float low, float high) {
    return low + (high - low) * random.fork(stream).uniform(static_cast<std::uint32_t>(i));
  };
  const int batch = bench.layer.batch;
  for (int i = 0; i < batch * bench.layer.inputs; ++i) {
    const auto index = static_cast<std::uint32_t>(i);
    const float x = options.indices > 0
                        ? static_cast<float>(random.fork(1).below(static_cast<std::uint32_t>(options.indices), index))
                        : even(1, i, options.low, options.high);
    set(i, x, bench.start_x, bench_in_double.start_x);
  }
  for (int i = 0; i < batch * bench.layer.outputs; ++i) {
    set(i, even(2, i, -1, 1), bench.start_dy, bench_in_double.start_dy);
  }
  for (int i = 0; i < bench.layer.parameters; ++i) {
    const float parameter = bench.start_params[i] + even(3, i, -0.125f, 0.125f);
    set(i, parameter, bench.start_params, bench_in_double.start_params);
  }
  bench.state->random = random.fork(4);
  bench_in_double.state->random = random.fork(4);
}

void LayerCheck::check_samples(int n, const CheckOptions& options) {
  check_passes(in_float, n);
  check_passes(in_double, n);
  if (in_float.report->failures() > 0) return;
  const AnyLayer<float>& layer = in_float.bench.layer;
  compare("y in float must be that in double", "y", n * layer.outputs, in_float.y, in_double.y, options);
  compare("dx in float must be that in double", "dx", n * layer.inputs, in_float.dx, in_double.dx, options);
  compare("the gradient in float must be that in double", "gradient", layer.parameters, in_float.gradient,
          in_double.gradient, options);
  NumericalGradient(slopes, noises).check(in_double, n, options.indices == 0, options.gradient_tolerance);
}

void LayerCheck::compare(const char* point, const char* name, int count, const float* got, const double* expected,
                         const CheckOptions& options) {
  for (int i = 0; i < count; ++i) widened[i] = static_cast<double>(got[i]);
  in_double.expect_close(point, name, count, widened, expected, {options.float_tolerance, 1e-9});
}

}  // namespace testing
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
