#pragma once

#include <cstdint>

#include <mica/testing/bench.hpp>
#include <mica/testing/check_report.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace testing {

// Tolerance: how far a number may be from the one expected: by `share` of its own size or of the array's root mean
// square, or by its noise, which is the same for all unless `noises` has one for each.
// Memory: 24 bytes.
struct Tolerance {
  double share;
  double noise;
  const double* noises = nullptr;

  double noise_of(int i) const { return noises != nullptr ? noises[i] : noise; }
};

// LayerChecks: the points of the layer contract that hold for every number type, checked on one bench; in mica_testing
// for float and double. `subject` is what each sentence begins with.
// Memory: that of the bench; the arrays are someone else's.
template <class T>
class LayerChecks {
 public:
  Bench<T> bench;
  // What the last pass of check_backward gave, for a whole batch.
  T *y, *dx, *gradient;
  // Room for as many numbers as Params and Stats have.
  T *twice, *stats_after;
  const char* subject;
  CheckReport* report;

  // initialize writes every number, and the same ones for the same seed.
  void check_initialize(std::uint64_t seed);
  // Statistics of a used layer instead of those of a new one.
  void warm_up(int n);
  void check_infer(int n);
  // Expects in y what infer gave.
  void check_forward(int n);
  void check_backward(int n);

  // Fails at the number that is furthest off. Returns what was found among the numbers whose noise is small.
  Comparison expect_close(const char* point, const char* name, int count, const T* got, const T* expected,
                          Tolerance tolerance);

 private:
  int inputs(int n) const { return n * bench.layer.inputs; }
  int outputs(int n) const { return n * bench.layer.outputs; }

  void start_backward(int n);
  void check_accumulation(int n);
  void check_without_dx(int n);
  void check_needs(int n);
  void check_backward_in_place(int n);

  template <class... Words>
  void fail(const Words&... words);
  void expect_untouched(const char* pass);
  void expect_guard(const char* pass, const char* name, int damage);
  void expect_numbers(const char* pass, const char* name, int count, const T* values);
  void expect_bits(const char* point, const char* name, int count, const T* got, const T* expected);
  void expect_written(const char* name, const T* numbers, int count);
};

extern template class LayerChecks<float>;
extern template class LayerChecks<double>;

}  // namespace testing
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
