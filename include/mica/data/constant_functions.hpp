// Elementary functions in double for tables that the compiler computes: sums and products alone, which every compiler
// rounds alike, so that the tables have the same bits everywhere. Nothing of them is left in a program.
#pragma once

#include <mica/namespace.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace constant {

constexpr double pi = 3.14159265358979323846;

// sin(2 pi i / n) for 0 <= i <= n / 4: Taylor's series, whose first term left out is below 1e-20.
constexpr double sine(int i, int n) {
  const double x = 2 * pi * i / n;
  double term = x, sum = x;
  for (int k = 1; k < 13; ++k) {
    term = -term * x * x / ((2 * k) * (2 * k + 1));
    sum += term;
  }
  return sum;
}

// exp(x) for 0 <= x < 16: the series at x / 64, squared six times.
constexpr double exp(double x) {
  double term = 1, sum = 1;
  for (int k = 1; k < 14; ++k) {
    term = term * (x / 64) / k;
    sum += term;
  }
  for (int k = 0; k < 6; ++k) sum *= sum;
  return sum;
}

// log(x) for 1 <= x < 1e6: Newton's steps y + x / exp(y) - 1.
constexpr double log(double x) {
  double y = 0;
  for (double power = 1; power * 2 <= x; power *= 2) y += 0.6931471805599453;
  for (int k = 0; k < 5; ++k) y += x / exp(y) - 1;
  return y;
}

}  // namespace constant
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
