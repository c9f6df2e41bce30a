#include <mica/testing/layer_checks.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace testing {
namespace {

double absolute(double v) { return v < 0 ? -v : v; }

template <class T>
void copy(int count, const T* from, T* to) {
  for (int i = 0; i < count; ++i) to[i] = from[i];
}

template <class T>
void spoil(bool as_nan, int count, T* numbers) {
  for (int i = 0; i < count; ++i) numbers[i] = as_nan ? unwritten<T>() : T(0.75) - 2 * numbers[i];
}

}  // namespace

template <class T>
template <class... Words>
void LayerChecks<T>::fail(const Words&... words) {
  report->fail(subject, sizeof(T) == 4 ? ", float, " : ", double, ", bench.samples(), " samples: ", words...);
}

template <class T>
void LayerChecks<T>::check_initialize(std::uint64_t seed) {
  const int parameters = bench.layer.parameters, statistics = bench.layer.statistics;
  T* const params = static_cast<T*>(bench.params.item);
  T* const stats = static_cast<T*>(bench.stats.item);
  for (int time = 0; time < 2; ++time) {
    bench.params.open();
    bench.stats.open();
    bench.layer.initialize(params, stats, {Activation::linear, 0}, Random(seed));
    expect_written("parameter", params, parameters);
    expect_written("statistic", stats, statistics);
    if (!bench.params.intact() || !bench.stats.intact()) fail("initialize wrote outside Params and Stats");
    if (time == 0) {
      copy(parameters, params, bench.start_params);
      copy(statistics, stats, bench.start_stats);
    } else if (!bench.params.equals(bench.start_params) || !bench.stats.equals(bench.start_stats)) {
      fail("initialize gave other numbers when it was called again with the same seed");
    }
  }
}

template <class T>
void LayerChecks<T>::warm_up(int n) {
  bench.reset(n);
  bench.forward(bench.y.data());
  copy(bench.layer.statistics, static_cast<const T*>(bench.stats.item), bench.start_stats);
}

template <class T>
void LayerChecks<T>::check_infer(int n) {
  bench.reset(n);
  bench.infer(bench.y.data());
  expect_untouched("infer");
  if (!bench.stats.equals(bench.start_stats)) fail("infer changed the statistics");
  expect_numbers("infer", "y", outputs(n), bench.y.data());
  copy(outputs(n), bench.y.data(), y);
  for (int sample = 0; sample < n; ++sample) {
    bench.reset(1, sample);
    bench.infer(bench.y.data());
    expect_untouched("infer");
    expect_bits("infer must give a sample the same bits alone as in a batch", "y", outputs(1), bench.y.data(),
                y + outputs(sample));
  }
  if (bench.layer.in_place) {
    bench.reset(n);
    bench.infer(bench.x.data());
    expect_bits("infer must give the same bits when y is x (in_place)", "y", outputs(n), bench.x.data(), y);
  }
}

template <class T>
void LayerChecks<T>::check_forward(int n) {
  bench.reset(n);
  bench.forward(bench.y.data());
  expect_untouched("forward");
  expect_numbers("forward", "y", outputs(n), bench.y.data());
  if (!bench.layer.trains_differently) {
    expect_bits("forward must give the bits of infer (unless trains_differently)", "y", outputs(n), bench.y.data(), y);
  }
  copy(outputs(n), bench.y.data(), y);
  copy(bench.layer.statistics, static_cast<const T*>(bench.stats.item), stats_after);
  bench.reset(n);
  bench.forward(bench.y.data());
  expect_bits("forward must give the same bits for the same generator", "y", outputs(n), bench.y.data(), y);
  if (!bench.stats.equals(stats_after)) fail("forward gave other statistics when it was run again");
  if (bench.layer.in_place) {
    bench.reset(n);
    bench.forward(bench.x.data());
    expect_bits("forward must give the same bits when y is x (in_place)", "y", outputs(n), bench.x.data(), y);
  }
}

template <class T>
void LayerChecks<T>::check_backward(int n) {
  start_backward(n);
  bench.backward(bench.x.data(), bench.y.data(), bench.dy.data(), bench.dx.data());
  expect_untouched("backward");
  expect_bits("backward must not change y", "y", outputs(n), bench.y.data(), y);
  if (!bench.layer.changes_dy) {
    expect_bits("backward may change dy only if it works in place", "dy", outputs(n), bench.dy.data(), bench.start_dy);
  }
  expect_numbers("backward", "dx", inputs(n), bench.dx.data());
  expect_numbers("backward", "gradient", bench.layer.parameters, bench.gradient_numbers());
  copy(inputs(n), bench.dx.data(), dx);
  copy(bench.layer.parameters, bench.gradient_numbers(), gradient);
  check_accumulation(n);
  check_without_dx(n);
  check_needs(n);
  if (bench.layer.in_place) check_backward_in_place(n);
}

template <class T>
void LayerChecks<T>::start_backward(int n) {
  bench.reset(n);
  bench.forward(bench.y.data());
}

// What a second pass needs to start from: dx unwritten, dy as it was, the gradient kept.
template <class T>
void LayerChecks<T>::check_accumulation(int n) {
  const int parameters = bench.layer.parameters;
  bench.dy.open(outputs(n), bench.start_dy);
  bench.dx.open(inputs(n));
  bench.backward(bench.x.data(), bench.y.data(), bench.dy.data(), bench.dx.data());
  expect_bits("backward must overwrite dx, the same each time", "dx", inputs(n), bench.dx.data(), dx);
  for (int i = 0; i < parameters; ++i) twice[i] = 2 * gradient[i];
  const Tolerance tolerance = sizeof(T) == 4 ? Tolerance{1e-4, 1e-12} : Tolerance{1e-12, 1e-24};
  expect_close("backward must add to the gradient, so that a second pass doubles it", "gradient", parameters,
               bench.gradient_numbers(), twice, tolerance);
}

template <class T>
void LayerChecks<T>::check_without_dx(int n) {
  if (bench.layer.parameters == 0) return;
  start_backward(n);
  bench.backward(bench.x.data(), bench.y.data(), bench.dy.data(), nullptr);
  expect_bits("backward must give the same gradient when dx is null", "gradient", bench.layer.parameters,
              bench.gradient_numbers(), gradient);
}

// x and y that backward does not need may hold anything: NaN, or other numbers, which comparisons cannot hide.
template <class T>
void LayerChecks<T>::check_needs(int n) {
  const bool needs_input = bench.layer.needs_input, needs_output = bench.layer.needs_output;
  for (const bool as_nan : {true, false}) {
    start_backward(n);
    if (!needs_input) spoil(as_nan, inputs(n), bench.x.data());
    if (!needs_output) spoil(as_nan, outputs(n), bench.y.data());
    bench.backward(bench.x.data(), bench.y.data(), bench.dy.data(), bench.dx.data());
    const char* const point = needs_input    ? "backward must not read y (needs_output is false)"
                              : needs_output ? "backward must not read x (needs_input is false)"
                                             : "backward must read neither x nor y (needs_input, needs_output)";
    expect_bits(point, "dx", inputs(n), bench.dx.data(), dx);
    expect_bits(point, "gradient", bench.layer.parameters, bench.gradient_numbers(), gradient);
  }
}

template <class T>
void LayerChecks<T>::check_backward_in_place(int n) {
  const char* const point = "backward must give the same bits when dx is dy (in_place)";
  start_backward(n);
  bench.backward(bench.x.data(), bench.y.data(), bench.dy.data(), bench.dy.data());
  expect_bits(point, "dx", inputs(n), bench.dy.data(), dx);
  expect_bits(point, "gradient", bench.layer.parameters, bench.gradient_numbers(), gradient);
}

template <class T>
Comparison LayerChecks<T>::expect_close(const char* point, const char* name, int count, const T* got, const T* expected,
                                        Tolerance tolerance) {
  double sum = 0;
  for (int i = 0; i < count; ++i) sum += static_cast<double>(expected[i]) * static_cast<double>(expected[i]);
  const double mean_square_root = __builtin_sqrt(sum / (count > 0 ? count : 1));
  Comparison comparison{0, 0};
  double worst = tolerance.share;
  int worst_index = -1;
  for (int i = 0; i < count; ++i) {
    const double size = absolute(static_cast<double>(expected[i]));
    const double scale = size > mean_square_root ? size : mean_square_root;
    const double difference = absolute(static_cast<double>(got[i]) - static_cast<double>(expected[i]));
    const double relative = difference / scale;
    if (tolerance.noise_of(i) <= tolerance.share * scale) {
      ++comparison.numbers;
      if (relative > comparison.error) comparison.error = relative;
    }
    if (difference <= tolerance.noise_of(i) || relative <= worst) continue;
    worst = relative;
    worst_index = i;
    if (relative != relative) break;
  }
  if (worst_index >= 0) {
    fail(point, ": ", name, "[", worst_index, "] is ", got[worst_index], ", expected ", expected[worst_index],
         " (relative difference ", worst, ", at most ", tolerance.share, ")");
  }
  return comparison;
}

// Nothing was written but the results, and nothing that the pass may only read.
template <class T>
void LayerChecks<T>::expect_untouched(const char* pass) {
  expect_guard(pass, "x", bench.x.damage());
  expect_guard(pass, "y", bench.y.damage());
  expect_guard(pass, "dx", bench.dx.damage());
  expect_guard(pass, "dy", bench.dy.damage());
  expect_guard(pass, "scratch", bench.scratch.damage());
  if (!bench.params.intact() || !bench.gradient.intact() || !bench.stats.intact() || !bench.cache.intact()) {
    fail(pass, " wrote outside Params, Stats or Cache");
  }
  if (!bench.params.equals(bench.start_params)) fail(pass, " changed the parameters");
  for (int i = 0; i < bench.x.count(); ++i) {
    if (!same_bits(bench.x.data()[i], bench.first_x()[i])) return fail(pass, " changed x[", i, "]");
  }
}

template <class T>
void LayerChecks<T>::expect_guard(const char* pass, const char* name, int damage) {
  if (damage > 0) fail(pass, " wrote outside ", name, ": ", damage, " behind its last number");
  if (damage < 0) fail(pass, " wrote outside ", name, ": ", -damage, " before its first number");
}

template <class T>
void LayerChecks<T>::expect_numbers(const char* pass, const char* name, int count, const T* values) {
  for (int i = 0; i < count; ++i) {
    if (values[i] == values[i]) continue;
    const bool never_written = same_bits(values[i], unwritten<T>());
    fail(pass, " must give numbers: ", name, "[", i, "] is NaN",
         never_written ? " (never written, or made from numbers that never were)" : "");
    return;
  }
}

template <class T>
void LayerChecks<T>::expect_bits(const char* point, const char* name, int count, const T* got, const T* expected) {
  for (int i = 0; i < count; ++i) {
    if (same_bits(got[i], expected[i])) continue;
    fail(point, ": ", name, "[", i, "] is ", got[i], ", expected ", expected[i]);
    return;
  }
}

template <class T>
void LayerChecks<T>::expect_written(const char* name, const T* numbers, int count) {
  T never{};
  std::memset(&never, 0xff, sizeof never);
  for (int i = 0; i < count; ++i) {
    if (!same_bits(numbers[i], never)) continue;
    fail("initialize did not write ", name, " ", i, " of ", count);
    return;
  }
}

template class LayerChecks<float>;
template class LayerChecks<double>;

}  // namespace testing
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
