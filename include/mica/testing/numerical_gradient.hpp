#pragma once

#include <mica/testing/layer_checks.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace testing {

// NumericalGradient: the gradient of L = sum over j of w_j y_j, w = dy, by central differences through forward:
//   dL/dp = sum over j of w_j (y_j(p + h) - y_j(p - h)) / 2h
// Its own error, besides h^2 times the third derivative, is the rounding of y divided by h: the noise. Where a number
// disagrees with backward it is taken again with a smaller h, because a kink may lie between p - h and p + h.
// Memory: two pointers, to as many numbers each as the layer has parameters or inputs in a batch.
class NumericalGradient {
 public:
  NumericalGradient(double* slopes, double* noises) : slopes_(slopes), noises_(noises) {}

  // Expects in checks.dx and checks.gradient what backward gave for n samples.
  void check(LayerChecks<double>& checks, int n, bool check_dx, double tolerance);

 private:
  void check_numbers(LayerChecks<double>& checks, const char* name, int n, int count, double* numbers,
                     const double* analytic, double tolerance);

  double *slopes_, *noises_;
};

}  // namespace testing
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
