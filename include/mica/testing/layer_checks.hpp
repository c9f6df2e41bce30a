#pragma once

#include <mica/testing/check_report.hpp>
#include <mica/testing/layer_bench.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace testing {

// LayerChecks: the points of the layer contract that hold for every number type, checked on one bench. `subject` is
// what each sentence begins with.
template <class Bound, int batch>
class LayerChecks {
 public:
  using Bench = LayerBench<Bound, batch>;
  using T = typename Bench::T;
  using Params = typename Bench::Params;
  using Stats = typename Bench::Stats;
  static constexpr int inputs = Bench::inputs;
  static constexpr int outputs = Bench::outputs;
  static constexpr int parameters = Bench::parameters;
  static constexpr bool changes_dy = Bound::in_place || Bound::changes_dy;

  Bench bench;
  const char* subject = "";
  CheckReport* report = nullptr;
  // What the last pass of check_backward gave.
  Values<T, batch * outputs> y;
  Values<T, batch * inputs> dx;
  Values<T, parameters> gradient;

  // initialize writes every number, and the same ones for the same seed.
  void check_initialize(std::uint64_t seed) {
    const Activation next = {Activation::linear, 0};
    for (int time = 0; time < 2; ++time) {
      bench.params.open();
      bench.stats.open();
      Bound::initialize(*bench.params, *bench.stats, next, Random(seed));
      expect_written("parameter", bench.params, parameters);
      expect_written("statistic", bench.stats, Bench::statistics);
      if (!bench.params.intact() || !bench.stats.intact()) fail("initialize wrote outside Params and Stats");
      if (time == 0) {
        bench.start_params = *bench.params;
        bench.start_stats = *bench.stats;
      } else if (!bench.params.equals(bench.start_params) || !bench.stats.equals(bench.start_stats)) {
        fail("initialize gave other numbers when it was called again with the same seed");
      }
    }
  }

  // Statistics of a used layer instead of those of a new one.
  void warm_up(int n) {
    bench.reset(n);
    bench.forward(bench.y.data());
    bench.start_stats = *bench.stats;
  }

  void check_infer(int n) {
    bench.reset(n);
    bench.infer(bench.y.data());
    expect_untouched("infer");
    if (!bench.stats.equals(bench.start_stats)) fail("infer changed the statistics");
    expect_numbers("infer", "y", bench.y.count(), bench.y.data());
    copy(bench.y.count(), bench.y.data(), y.data());
    for (int sample = 0; sample < n; ++sample) {
      bench.reset(1, sample);
      bench.infer(bench.y.data());
      expect_untouched("infer");
      expect_bits("infer must give a sample the same bits alone as in a batch", "y", outputs, bench.y.data(),
                  y.data() + sample * outputs);
    }
    if constexpr (Bound::in_place) {
      bench.reset(n);
      bench.infer(bench.x.data());
      expect_bits("infer must give the same bits when y is x (in_place)", "y", n * outputs, bench.x.data(), y.data());
    }
  }

  // Expects in y what infer gave.
  void check_forward(int n) {
    bench.reset(n);
    bench.forward(bench.y.data());
    expect_untouched("forward");
    expect_numbers("forward", "y", bench.y.count(), bench.y.data());
    if (!Bound::trains_differently) {
      expect_bits("forward must give the bits of infer (unless trains_differently)", "y", n * outputs, bench.y.data(),
                  y.data());
    }
    copy(bench.y.count(), bench.y.data(), y.data());
    stats_after_ = *bench.stats;
    bench.reset(n);
    bench.forward(bench.y.data());
    expect_bits("forward must give the same bits for the same generator", "y", n * outputs, bench.y.data(), y.data());
    if (!bench.stats.equals(stats_after_)) fail("forward gave other statistics when it was run again");
    if constexpr (Bound::in_place) {
      bench.reset(n);
      bench.forward(bench.x.data());
      expect_bits("forward must give the same bits when y is x (in_place)", "y", n * outputs, bench.x.data(), y.data());
    }
  }

  void check_backward(int n) {
    start_backward(n);
    bench.backward(bench.x.data(), bench.y.data(), bench.dy.data(), bench.dx.data());
    expect_untouched("backward");
    expect_bits("backward must not change y", "y", n * outputs, bench.y.data(), y.data());
    if (!changes_dy) {
      expect_bits("backward may change dy only if it works in place", "dy", n * outputs, bench.dy.data(),
                  bench.start_dy.data());
    }
    expect_numbers("backward", "dx", n * inputs, bench.dx.data());
    expect_numbers("backward", "gradient", parameters, numbers_of<T>(*bench.gradient));
    copy(n * inputs, bench.dx.data(), dx.data());
    copy(parameters, numbers_of<T>(*bench.gradient), gradient.data());
    check_accumulation(n);
    check_without_dx(n);
    check_needs(n);
    if constexpr (Bound::in_place) check_backward_in_place(n);
  }

  template <class... Words>
  void fail(const Words&... words) {
    report->fail(subject, sizeof(T) == 4 ? ", float, " : ", double, ", bench.samples(), " samples: ", words...);
  }

  // Fails at the number that is furthest off: each has to be within `tolerance` of its own size or of the array's root
  // mean square, or within its noise. Returns what was found among the numbers whose noise is small.
  template <class Noise>
  Comparison expect_close(const char* point, const char* name, int count, const T* got, const T* expected,
                          double tolerance, Noise noise) {
    double sum = 0;
    for (int i = 0; i < count; ++i) sum += static_cast<double>(expected[i]) * static_cast<double>(expected[i]);
    const double mean_square_root = __builtin_sqrt(sum / (count > 0 ? count : 1));
    Comparison comparison{0, 0};
    double worst = tolerance;
    int worst_index = -1;
    for (int i = 0; i < count; ++i) {
      const double size = magnitude(static_cast<double>(expected[i]));
      const double scale = size > mean_square_root ? size : mean_square_root;
      const double difference = magnitude(static_cast<double>(got[i]) - static_cast<double>(expected[i]));
      const double relative = difference / scale;
      if (noise(i) <= tolerance * scale) {
        ++comparison.numbers;
        if (relative > comparison.error) comparison.error = relative;
      }
      if (difference <= noise(i) || relative <= worst) continue;
      worst = relative;
      worst_index = i;
      if (relative != relative) break;
    }
    if (worst_index >= 0) {
      fail(point, ": ", name, "[", worst_index, "] is ", got[worst_index], ", expected ", expected[worst_index],
           " (relative difference ", worst, ", at most ", tolerance, ")");
    }
    return comparison;
  }

 private:
  static double magnitude(double v) { return v < 0 ? -v : v; }
  static void copy(int count, const T* from, T* to) {
    for (int i = 0; i < count; ++i) to[i] = from[i];
  }

  void start_backward(int n) {
    bench.reset(n);
    bench.forward(bench.y.data());
  }

  // What a second pass needs to start from: dx unwritten, dy as it was, the gradient kept.
  void check_accumulation(int n) {
    bench.dy.open(n * outputs, bench.start_dy.data());
    bench.dx.open(n * inputs);
    bench.backward(bench.x.data(), bench.y.data(), bench.dy.data(), bench.dx.data());
    expect_bits("backward must overwrite dx, the same each time", "dx", n * inputs, bench.dx.data(), dx.data());
    Values<T, parameters>& twice = expected_;
    for (int i = 0; i < parameters; ++i) twice.data()[i] = 2 * gradient.data()[i];
    expect_close("backward must add to the gradient, so that a second pass doubles it", "gradient", parameters,
                 numbers_of<T>(*bench.gradient), twice.data(), sizeof(T) == 4 ? 1e-4 : 1e-12,
                 [](int) { return sizeof(T) == 4 ? 1e-12 : 1e-24; });
  }

  void check_without_dx(int n) {
    if constexpr (parameters > 0) {
      start_backward(n);
      bench.backward(bench.x.data(), bench.y.data(), bench.dy.data(), nullptr);
      expect_bits("backward must give the same gradient when dx is null", "gradient", parameters,
                  numbers_of<T>(*bench.gradient), gradient.data());
    }
  }

  // x and y that backward does not need may hold anything: NaN, or other numbers, which comparisons cannot hide.
  void check_needs(int n) {
    for (const bool as_nan : {true, false}) {
      start_backward(n);
      if (!Bound::needs_input) spoil(as_nan, n * inputs, bench.x.data());
      if (!Bound::needs_output) spoil(as_nan, n * outputs, bench.y.data());
      bench.backward(bench.x.data(), bench.y.data(), bench.dy.data(), bench.dx.data());
      const char* const point = Bound::needs_input ? "backward must not read y (needs_output is false)"
                                : Bound::needs_output
                                    ? "backward must not read x (needs_input is false)"
                                    : "backward must read neither x nor y (needs_input, needs_output)";
      expect_bits(point, "dx", n * inputs, bench.dx.data(), dx.data());
      expect_bits(point, "gradient", parameters, numbers_of<T>(*bench.gradient), gradient.data());
    }
  }
  static void spoil(bool as_nan, int count, T* numbers) {
    for (int i = 0; i < count; ++i) numbers[i] = as_nan ? unwritten<T>() : T(0.75) - 2 * numbers[i];
  }

  void check_backward_in_place(int n) {
    start_backward(n);
    bench.backward(bench.x.data(), bench.y.data(), bench.dy.data(), bench.dy.data());
    expect_bits("backward must give the same bits when dx is dy (in_place)", "dx", n * inputs, bench.dy.data(),
                dx.data());
    expect_bits("backward must give the same bits when dx is dy (in_place)", "gradient", parameters,
                numbers_of<T>(*bench.gradient), gradient.data());
  }

  // Nothing was written but the results, and nothing that the pass may only read.
  void expect_untouched(const char* pass) {
    expect_guard(pass, "x", bench.x.damage());
    expect_guard(pass, "y", bench.y.damage());
    expect_guard(pass, "dx", bench.dx.damage());
    expect_guard(pass, "dy", bench.dy.damage());
    expect_guard(pass, "scratch", bench.scratch_damage());
    if (!bench.params.intact() || !bench.gradient.intact() || !bench.stats.intact() || !bench.cache.intact()) {
      fail(pass, " wrote outside Params, Stats or Cache");
    }
    if (!bench.params.equals(bench.start_params)) fail(pass, " changed the parameters");
    for (int i = 0; i < bench.x.count(); ++i) {
      if (!same_bits(bench.x.data()[i], bench.first_x()[i])) return fail(pass, " changed x[", i, "]");
    }
  }
  void expect_guard(const char* pass, const char* name, int damage) {
    if (damage > 0) fail(pass, " wrote outside ", name, ": ", damage, " behind its last number");
    if (damage < 0) fail(pass, " wrote outside ", name, ": ", -damage, " before its first number");
  }

  void expect_numbers(const char* pass, const char* name, int count, const T* values) {
    for (int i = 0; i < count; ++i) {
      if (values[i] == values[i]) continue;
      const bool never_written = same_bits(values[i], unwritten<T>());
      fail(pass, " must give numbers: ", name, "[", i, "] is NaN",
           never_written ? " (never written, or made from numbers that never were)" : "");
      return;
    }
  }

  void expect_bits(const char* point, const char* name, int count, const T* got, const T* expected) {
    for (int i = 0; i < count; ++i) {
      if (same_bits(got[i], expected[i])) continue;
      fail(point, ": ", name, "[", i, "] is ", got[i], ", expected ", expected[i]);
      return;
    }
  }

  template <class Struct>
  void expect_written(const char* name, Sealed<Struct>& numbers, int count) {
    T never{};
    std::memset(&never, 0xff, sizeof never);
    for (int i = 0; i < count; ++i) {
      if (!same_bits(numbers_of<T>(*numbers)[i], never)) continue;
      fail("initialize did not write ", name, " ", i, " of ", count);
      return;
    }
  }

  Values<T, parameters> expected_;
  Stats stats_after_;
};

}  // namespace testing
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
