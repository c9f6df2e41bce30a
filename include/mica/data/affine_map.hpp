#pragma once

#include <mica/data/image_view.hpp>
#include <mica/namespace.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// AffineMap: where each pixel of a new image comes from in the old one. Several movements become one map, so that the
// image is resampled once and not blurred by each.
//   old row    = row_by_row row + row_by_column column + row
//   old column = column_by_row row + column_by_column column + column,   counted from the image's centre
// The functions below move the picture, one after the other. Where they place it is computed by the inverse movement:
// map = map after movement^-1.
// Memory: 24 bytes.
struct AffineMap {
  float row_by_row = 1, row_by_column = 0, row = 0;
  float column_by_row = 0, column_by_column = 1, column = 0;

  // By so many pixels.
  constexpr void shift(float down, float right) {
    row = row - (row_by_row * down + row_by_column * right);
    column = column - (column_by_row * down + column_by_column * right);
  }
  // Counterclockwise by the angle that has this sine and cosine.
  constexpr void rotate(float sine, float cosine) {
    turn(row_by_row, row_by_column, sine, cosine);
    turn(column_by_row, column_by_column, sine, cosine);
  }
  // To `factor` times the size.
  constexpr void scale(float factor) {
    row_by_row = row_by_row / factor, row_by_column = row_by_column / factor;
    column_by_row = column_by_row / factor, column_by_column = column_by_column / factor;
  }
  // Left and right change places.
  constexpr void flip_horizontally() {
    row_by_column = -row_by_column;
    column_by_column = -column_by_column;
  }
  // Top and bottom change places.
  constexpr void flip_vertically() {
    row_by_row = -row_by_row;
    column_by_row = -column_by_row;
  }

 private:
  // The pixel at (row, column) was at (cosine row + sine column, cosine column - sine row).
  static constexpr void turn(float& by_row, float& by_column, float sine, float cosine) {
    const float before = by_row;
    by_row = cosine * before - sine * by_column;
    by_column = sine * before + cosine * by_column;
  }
};

// y = the image x, of the same extents, as `map` places it. Numbers between pixels are bilinear:
//   top + (bottom - top) v,   top = a + (b - a) u,   u and v in [0, 1) from the pixel above to the left
// each one fused step. Outside the image every pixel is `fill`, one number for each channel. x and y must not overlap.
void resample(const AffineMap& map, const float* fill, const float* x, ImageView y);

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
