#pragma once

#include <mica/namespace.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// x[i] = (x[i] - mean[i]) / deviation[i] for i < n, and 0 where the deviation is 0.
void standardize_columns(int n, const float* mean, const float* deviation, float* x);

// ColumnStandardization: gives each number of a sample the mean 0 and the deviation 1: what each column of a table
// needs that has another unit. It belongs to the model like its weights: what a network predicts from must be
// standardised by the same numbers, which ColumnStatistics measures over the training part. A column that never changed
// becomes 0.
//   x_i = (x_i - mean_i) / deviation_i
// Memory: 8 bytes per column; constexpr, it may live in flash.
template <int columns>
struct ColumnStandardization {
  float mean[columns];
  float deviation[columns];

  void apply(float* x) const { standardize_columns(columns, mean, deviation, x); }
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
