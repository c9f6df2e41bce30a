#pragma once

#include <mica/testing/check_options.hpp>
#include <mica/testing/check_report.hpp>
#include <mica/testing/layer_bench.hpp>
#include <mica/testing/layer_checks.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace testing {

// ChecksMemory: what LayerChecks works on, for one layer and number type.
// Memory: that of LayerBench, and batch * (inputs + outputs) + 2 * parameters + statistics numbers.
template <class Bound, int batch>
struct ChecksMemory {
  using Bench = LayerBench<Bound, batch>;
  using T = typename Bench::T;

  Bench bench;
  Values<T, batch * Bench::outputs> y;
  Values<T, batch * Bench::inputs> dx;
  Values<T, Bench::parameters> gradient, twice;
  Values<T, Bench::statistics> stats_after;

  LayerChecks<T> checks() {
    return {bench.any(), y.data(), dx.data(), gradient.data(), twice.data(), stats_after.data(), "", nullptr};
  }
};

// LayerCheck: all checks of one layer, in their order; in mica_testing. The three arrays are room for as many numbers
// as the layer has inputs or outputs in a batch, or parameters, whichever are most.
// Memory: about 1 KB.
struct LayerCheck {
  const char* subject;
  int batch;
  LayerChecks<float> in_float;
  LayerChecks<double> in_double;
  double *widened, *slopes, *noises;

  CheckReport run(const CheckOptions& options);

 private:
  void draw(const CheckOptions& options);
  void check_samples(int n, const CheckOptions& options);
  void compare(const char* point, const char* name, int count, const float* got, const double* expected,
               const CheckOptions& options);
};

}  // namespace testing
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
