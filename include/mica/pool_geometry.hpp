#pragma once

#include <mica/padding.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// PoolGeometry: the windows of a pool over an image, and what can be wrong with them.
// Memory: none; constexpr.
template <class Input, int kernel, int stride, class Padding>
struct PoolGeometry {
  static constexpr Window window = make_window<Input, Padding>(kernel, stride, 1);
  using Output = Shape<window.out_height, window.out_width, window.channels>;

  static constexpr bool is_image = Input::rank == 3;
  static constexpr bool fits = kernel_fits<Input, Padding>(kernel, stride, 1);

  // Whether the windows leave out what lies behind the last of them. Between two windows a large stride leaves out
  // pixels as well, but everywhere.
  static constexpr bool reaches_end(int last, int size, int reach, int step) {
    return last + reach + (step > reach ? step - reach : 0) >= size;
  }
  static constexpr int last_row = (window.out_height - 1) * window.stride_height - window.top;
  static constexpr int last_column = (window.out_width - 1) * window.stride_width - window.left;
  static constexpr bool reads_border =
      drops_border<Padding> || !fits ||
      (reaches_end(last_row, window.height, window.kernel_height, window.stride_height) &&
       reaches_end(last_column, window.width, window.kernel_width, window.stride_width));

  // Whether every window holds some of the image.
  static constexpr bool touches_image = window.top < window.kernel_height && window.left < window.kernel_width &&
                                        last_row < window.height && last_column < window.width;
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
