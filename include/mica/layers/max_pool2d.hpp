#pragma once

#include <mica/fusion_part.hpp>
#include <mica/layer.hpp>
#include <mica/pool_geometry.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// MaxPool2d: the largest number of each window, channel by channel.
//   y[i][j][c] = max over m, n of x[i s + m - top][j s + n - left][c]
//   dx = dy for the first number of the window (row by row) that equals y, else 0; added up where windows overlap
// Padding takes no part. A NaN in a window becomes y, so that it is noticed; its gradient goes to the window's first
// number. No index is kept: backward compares the input with the output.
// Shape: [height][width][channels] -> [out height][out width][channels]; kernel and stride are one number or
// rectangle(height, width); Padding is Valid, Same, Pad<...> or DropBorder.
// Params, Stats, Cache: none (backward reads the input and the output). Memory: none.
// Errors: an input without three extents, a kernel larger than the padded image, a window that holds only padding, and
// windows that leave out the image's last rows or columns (say DropBorder if that is meant) do not compile.
template <int kernel, int stride = kernel, class Padding = Valid>
struct MaxPool2d {
  static_assert(kernel > 0 && stride > 0, "mica::MaxPool2d: kernel and stride must be at least 1.");

  template <class Input, class T = float>
  struct On : LayerDefaults<On<Input, T>, Input, typename PoolGeometry<Input, kernel, stride, Padding>::Output, T> {
    using Geometry = PoolGeometry<Input, kernel, stride, Padding>;
    using Output = typename Geometry::Output;
    static constexpr Window window = Geometry::window;
    using Fuses = FusesAs<On, windows_apart_and_inside(window) ? FusionPart::max_pool : FusionPart::none>;
    static_assert(Geometry::is_image,
                  "mica::MaxPool2d: the input must have three extents: height, width and channels.");
    static_assert(Geometry::fits, "mica::MaxPool2d: the kernel is larger than the padded image.");
    static_assert(
        Geometry::reads_border,
        "mica::MaxPool2d: the last rows or columns of the image would be left out. Say DropBorder for the padding "
        "if that is meant, or choose Same, Pad<...> or another kernel or stride.");
    static_assert(Geometry::touches_image,
                  "mica::MaxPool2d: the padding is so large that a window holds nothing else.");
    static constexpr bool needs_input = true;
    static constexpr bool needs_output = true;

    template <class Params, class Stats>
    static void infer(const Params&, const Stats&, BatchView<const T, Input> x, BatchView<T, Output> y, T*) {
      kernels::max_pool<T>(window, x.size, x.data, y.data);
    }
    template <class Params, class Cache>
    static void backward(const Params&, Params&, const Cache&, BatchView<const T, Input> x,
                         BatchView<const T, Output> y, BatchView<T, Output> dy, BatchView<T, Input> dx,
                         StepContext<T>) {
      if (dx.data == nullptr) return;
      kernels::max_pool_backward<T>(window, x.size, x.data, y.data, dy.data, dx.data);
    }
  };

  template <class Writer>
  static constexpr void describe(Writer& writer) {
    writer << "MaxPool2d<";
    describe_size(writer, kernel);
    writer << ", ";
    describe_size(writer, stride);
    writer << ", ";
    Padding::describe(writer);
    writer << ">";
  }
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
