#pragma once

#include <mica/layer.hpp>
#include <mica/padding.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// ZeroPad2d: zeros around an image. Convolutions and pools have a padding of their own, which costs no memory; this is
// for zeros that later layers see.
//   y[i][j][c] = x[i - top][j - left][c] inside, else 0,   dx[i][j][c] = dy[i + top][j + left][c]
// Shape: [height][width][channels] -> [top + height + bottom][left + width + right][channels]; with one number the same
// on all four sides. Params, Stats, Cache: none. Memory: none.
// Errors: an input without three extents or a negative number does not compile.
template <int top, int bottom = top, int left = top, int right = left>
struct ZeroPad2d {
  static_assert(top >= 0 && bottom >= 0 && left >= 0 && right >= 0, "mica::ZeroPad2d: padding cannot be negative.");

  template <class Input>
  using Padded =
      Shape<top + image_extent<Input>(0) + bottom, left + image_extent<Input>(1) + right, image_extent<Input>(2)>;

  template <class Input, class T = float>
  struct On : LayerDefaults<On<Input, T>, Input, Padded<Input>, T> {
    static_assert(Input::rank == 3, "mica::ZeroPad2d: the input must have three extents: height, width and channels.");
    using Output = Padded<Input>;
    static constexpr kernels::Image small = {image_extent<Input>(0), image_extent<Input>(1), image_extent<Input>(2)};
    static constexpr kernels::Image large = {Output::extent(0), Output::extent(1), Output::extent(2)};

    template <class Params, class Stats>
    static void infer(const Params&, const Stats&, BatchView<const T, Input> x, BatchView<T, Output> y, T*) {
      kernels::pad_images<T>(small, large, top, left, x.size, x.data, y.data);
    }
    template <class Params, class Cache>
    static void backward(const Params&, Params&, const Cache&, BatchView<const T, Input>, BatchView<const T, Output>,
                         BatchView<T, Output> dy, BatchView<T, Input> dx, StepContext<T>) {
      if (dx.data == nullptr) return;
      kernels::crop_images<T>(small, large, top, left, dy.size, dy.data, dx.data);
    }
  };

  template <class Writer>
  static constexpr void describe(Writer& writer) {
    writer << "ZeroPad2d<" << top << ", " << bottom << ", " << left << ", " << right << ">";
  }
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
