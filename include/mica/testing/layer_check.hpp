#pragma once

#include <mica/chain_plan.hpp>
#include <mica/testing/bench_memory.hpp>
#include <mica/testing/check_options.hpp>
#include <mica/testing/check_report.hpp>
#include <mica/testing/layer_checks.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace testing {

// LayerCheck: all checks of one layer, in their order; in mica_testing. The three arrays are room for as many numbers
// as the layer has inputs or outputs in a batch, or parameters, whichever are most.
// Memory: about 1 KB; see size_of_check for what it points to.
struct LayerCheck {
  const char* subject;
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

template <class T>
constexpr LayerChecks<T> checks_in(BenchMemory& memory, const AnyLayer<T>& layer) {
  return {memory.bench(layer),
          memory.array<T>(layer.batch * layer.outputs),
          memory.array<T>(layer.batch * layer.inputs),
          memory.array<T>(layer.parameters),
          memory.array<T>(layer.parameters),
          memory.array<T>(layer.statistics),
          "",
          nullptr};
}
constexpr LayerCheck check_in(BenchMemory& memory, const char* subject, const AnyLayer<float>& in_float,
                              const AnyLayer<double>& in_double) {
  const int batch = in_float.batch;
  const int most = largest({1, batch * in_float.outputs, batch * in_float.inputs, in_float.parameters});
  return {subject,
          checks_in(memory, in_float),
          checks_in(memory, in_double),
          memory.array<double>(most),
          memory.array<double>(most),
          memory.array<double>(most)};
}
constexpr std::size_t size_of_check(const AnyLayer<float>& in_float, const AnyLayer<double>& in_double) {
  BenchMemory memory;
  check_in(memory, "", in_float, in_double);
  return memory.size();
}

}  // namespace testing
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
