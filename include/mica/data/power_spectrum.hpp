#pragma once

#include <cstdint>

#include <mica/data/constant_functions.hpp>
#include <mica/namespace.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// One in the tables below.
constexpr double table_one = 1073741824;  // 2^30
constexpr std::int32_t rounded_constant(double x) {
  return static_cast<std::int32_t>(x * table_one + 0.5);  // NOLINT(bugprone-incorrect-roundings): x is not negative
}

// sin(2 pi i / size) for i = 0 ... size / 4, in 2^-30.
constexpr void fill_quarter_sine(int size, std::int32_t* values) {
  for (int i = 0; i <= size / 4; ++i) values[i] = rounded_constant(constant::sine(i, size));
}

// Hann's window in its periodic form, (1 - cos(2 pi i / size)) / 2 = sin(pi i / size)^2 for i = 0 ... size / 2, in 2^-30.
// The second half mirrors the first.
constexpr void fill_hann(int size, std::int32_t* values) {
  for (int i = 0; i <= size / 2; ++i) {
    const double root = constant::sine(i, 2 * size);
    values[i] = rounded_constant(root * root);
  }
}

// QuarterSine, HannWindow: these tables as constants. Memory: size + 4 bytes, 2 size + 4 bytes.
template <int size>
struct QuarterSine {
  std::int32_t values[size / 4 + 1] = {};
  constexpr QuarterSine() { fill_quarter_sine(size, values); }
};
template <int size>
struct HannWindow {
  std::int32_t values[size / 2 + 1] = {};
  constexpr HannWindow() { fill_hann(size, values); }
};

// The power spectrum |X[k]|^2 for k = 0 ... size / 2 of real numbers:
//   X[k] = sum over n of x[n] exp(-2 pi i k n / size)
// `numbers` holds the `size` samples, each at most 2^29 in magnitude, and afterwards the spectrum, which power_at() reads:
// |X[k]|^2 / 4^h, where h is the number of halvings that power_spectrum() returns.
//
// Computed in whole numbers of 32 bits with one exponent for all (block floating point): the errors are about 2^-30 of
// the largest number, where float would err by 2^-25 of it, and whole numbers are the same on every machine, also on one
// without a unit for floats. Each step rounds to the nearest, halves upward.
// size: a power of two from 8 to 8192. `sine`: QuarterSine<size>.
int power_spectrum(int size, const std::int32_t* sine, std::int32_t* numbers);
float power_at(const std::int32_t* numbers, int size, int k);

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
