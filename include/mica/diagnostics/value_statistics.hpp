#pragma once

#include <mica/namespace.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// ValueStatistics: what many numbers look like. NaN and infinity are counted and left out of everything else.
//   mean = sum x / n      deviation^2 = sum (x - mean)^2 / n      norm^2 = sum x^2
// The sums are compensated and scaled by a power of two, so that nothing overflows: the same bits on every port, without
// double. Memory: 36 bytes.
struct ValueStatistics {
  int count = 0;  // of the finite numbers
  int zeros = 0, not_a_number = 0, infinite = 0;
  float mean = 0, deviation = 0, norm = 0, minimum = 0, maximum = 0;

  // Takes in further numbers.
  void add(int n, const float* x);
  // Takes in x - start.
  void add_change(int n, const float* x, const float* start);

  bool empty() const { return count == 0 && not_a_number == 0 && infinite == 0; }
  int not_finite() const { return not_a_number + infinite; }
  float share_of_zeros() const { return count > 0 ? static_cast<float>(zeros) / static_cast<float>(count) : 0; }
  // The root of the mean square: what one of the numbers is like, whatever their count.
  float root_mean_square() const;
  // Whether there are numbers and all of them are 0.
  bool all_zero() const { return count > 0 && zeros == count && not_finite() == 0; }

 private:
  void merge(const ValueStatistics& other);
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
