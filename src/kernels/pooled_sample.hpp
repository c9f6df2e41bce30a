// One sample of a pooled convolution on its way back.
#pragma once

#include "passing.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace kernels {

// dy of one row of windows, and there that of the window around a column of the convolution.
template <class T>
struct GradientRow {
  const T* dy;
  long outputs;
  Quotient window_of;
  const T* at(unsigned column) const { return dy + window_of(column) * outputs; }
};

// PooledSample: the gradient of the pool's outputs, as it reaches those outputs of the convolution that pass it on.
template <class T>
class PooledSample {
 public:
  PooledSample(const PooledWindow& w, const T* dy, const std::uint8_t* passing, int n)
      : w_(w),
        passing_(passing + static_cast<long>(n) * w.sample_bytes()),
        dy_(dy + static_cast<long>(n) * w.output_size()),
        window_of_(w.pool.stride_width) {}

  PassingRow passing(int row) const { return PassingRow(w_, passing_ + static_cast<long>(row) * w_.row_bytes()); }
  GradientRow<T> row(int row_of_windows) const {
    return {dy_ + static_cast<long>(row_of_windows) * w_.pool.out_width * w_.outputs, w_.outputs, window_of_};
  }

 private:
  const PooledWindow& w_;
  const std::uint8_t* passing_;
  const T* dy_;
  Quotient window_of_;
};

// The rows of the convolution under some rows of windows, from the first on.
struct RowsUnder {
  int first, rows_of_windows, height, stride;
  int count() const { return rows_of_windows * height; }
  int window(int i) const { return first + i / height; }
  int row(int i) const { return window(i) * stride + i % height; }
};

}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
