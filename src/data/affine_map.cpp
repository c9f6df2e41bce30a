#include <mica/data/affine_map.hpp>

#include "../../ports/scalar/port.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace {

using ports::Scalar;

// An image, and what is around it.
struct Surroundings {
  int height, width, channels;
  const float* fill;
  const float* x;

  float operator()(int row, int column, int channel) const {
    const bool inside = row >= 0 && row < height && column >= 0 && column < width;
    return inside ? x[(row * width + column) * channels + channel] : fill[channel];
  }
};

float between(float a, float b, float share) { return Scalar::fma(b - a, share, a); }

// The pixel at a place between -1 and the extents, where some neighbours may be outside.
void put_at_border(const Surroundings& image, float row, float column, float* y) {
  int top = static_cast<int>(row), left = static_cast<int>(column);
  if (row < 0) top = -1;
  if (column < 0) left = -1;
  const float v = row - static_cast<float>(top), u = column - static_cast<float>(left);
  for (int c = 0; c < image.channels; ++c) {
    const float above = between(image(top, left, c), image(top, left + 1, c), u);
    const float below = between(image(top + 1, left, c), image(top + 1, left + 1, c), u);
    y[c] = between(above, below, v);
  }
}

// The pixel at a place whose four neighbours are inside.
void put_inside(const Surroundings& image, float row, float column, float* y) {
  const int top = static_cast<int>(row), left = static_cast<int>(column);
  const float v = row - static_cast<float>(top), u = column - static_cast<float>(left);
  const int line = image.width * image.channels;
  const float* const at = image.x + top * line + left * image.channels;
  for (int c = 0; c < image.channels; ++c) {
    const float above = between(at[c], at[c + image.channels], u);
    const float below = between(at[line + c], at[line + c + image.channels], u);
    y[c] = between(above, below, v);
  }
}

}  // namespace

void resample(const AffineMap& map, const float* fill, const float* x, ImageView y) {
  const Surroundings image{y.height, y.width, y.channels, fill, x};
  const float rows = static_cast<float>(y.height), columns = static_cast<float>(y.width);
  const float last_row = rows - 1, last_column = columns - 1;
  // The map counts from the middle of the image.
  const float middle_row = 0.5f * last_row, middle_column = 0.5f * last_column;
  const float moved_row = middle_row + map.row, moved_column = middle_column + map.column;

  for (int i = 0; i < y.height; ++i) {
    const float from_middle = static_cast<float>(i) - middle_row;
    const float start_row = Scalar::fma(map.row_by_row, from_middle, moved_row);
    const float start_column = Scalar::fma(map.column_by_row, from_middle, moved_column);
    for (int j = 0; j < y.width; ++j) {
      const float across = static_cast<float>(j) - middle_column;
      const float row = Scalar::fma(map.row_by_column, across, start_row);
      const float column = Scalar::fma(map.column_by_column, across, start_column);
      if (row >= 0 && row < last_row && column >= 0 && column < last_column) {
        put_inside(image, row, column, y.pixel(i, j));
      } else if (row > -1 && row < rows && column > -1 && column < columns) {
        put_at_border(image, row, column, y.pixel(i, j));
      } else {
        for (int c = 0; c < y.channels; ++c) y.pixel(i, j)[c] = fill[c];
      }
    }
  }
}

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
