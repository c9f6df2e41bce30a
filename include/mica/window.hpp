#pragma once

#include <mica/namespace.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// Window: how a kernel moves over an image, for convolutions and pools. Row y of the output begins at row
// y * stride_height - top of the input, and the kernel's rows lie dilation_height apart; columns likewise.
// Rows and columns outside the image count as zeros.
// Memory: none in use; constexpr.
struct Window {
  int height, width, channels;
  int kernel_height, kernel_width;
  int stride_height, stride_width;
  int dilation_height, dilation_width;
  int top, left;
  int out_height, out_width;

  // From the first row that one output row needs to the last.
  constexpr int reach_height() const { return (kernel_height - 1) * dilation_height + 1; }
  constexpr int reach_width() const { return (kernel_width - 1) * dilation_width + 1; }
  constexpr int taps() const { return kernel_height * kernel_width; }
  // Columns that one row of outputs reads, padding included.
  constexpr int padded_width() const { return (out_width - 1) * stride_width + reach_width(); }
  constexpr int padded_height() const { return (out_height - 1) * stride_height + reach_height(); }
  constexpr bool padded() const { return top > 0 || left > 0 || padded_height() > height || padded_width() > width; }

  // Output rows that are worked on at a time: as many as keep their padded input rows within strip_budget numbers.
  static constexpr int strip_budget = 1024;
  constexpr int strip_rows() const {
    int rows = 1;
    while (rows < out_height && strip_size(rows + 1) <= strip_budget) ++rows;
    return rows;
  }
  constexpr int strip_size(int rows) const {
    return ((rows - 1) * stride_height + reach_height()) * padded_width() * channels;
  }
  // Numbers of scratch for the padded input rows; none where nothing is padded.
  constexpr int scratch() const { return padded() ? strip_size(strip_rows()) : 0; }
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
