#pragma once

#include <mica/layer.hpp>
#include <mica/padding.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// Upsample2d: an image made larger by a whole number, each pixel repeated (nearest neighbour).
//   y[i][j][c] = x[i / factor][j / factor][c],   dx = the sum of dy over a pixel's copies, row by row from the first
// Shape: [height][width][channels] -> [height factor][width factor][channels]; factor is one number or
// rectangle(height, width). Params, Stats, Cache: none. Memory: none.
// Errors: an input without three extents does not compile.
template <int factor>
struct Upsample2d {
  static_assert(factor > 0, "mica::Upsample2d: the factor must be at least 1.");

  template <class Input>
  using Enlarged = Shape<image_extent<Input>(0) * height_of(factor), image_extent<Input>(1) * width_of(factor),
                         image_extent<Input>(2)>;

  template <class Input, class T = float>
  struct On : LayerDefaults<On<Input, T>, Input, Enlarged<Input>, T> {
    static_assert(Input::rank == 3, "mica::Upsample2d: the input must have three extents: height, width and channels.");
    using Output = Enlarged<Input>;
    static constexpr kernels::Image small = {image_extent<Input>(0), image_extent<Input>(1), image_extent<Input>(2)};

    template <class Params, class Stats>
    static void infer(const Params&, const Stats&, BatchView<const T, Input> x, BatchView<T, Output> y, T*) {
      kernels::upsample<T>(small, height_of(factor), width_of(factor), x.size, x.data, y.data);
    }
    template <class Params, class Cache>
    static void backward(const Params&, Params&, const Cache&, BatchView<const T, Input>, BatchView<const T, Output>,
                         BatchView<T, Output> dy, BatchView<T, Input> dx, StepContext<T>) {
      if (dx.data == nullptr) return;
      kernels::upsample_backward<T>(small, height_of(factor), width_of(factor), dy.size, dy.data, dx.data);
    }
  };

  template <class Writer>
  static constexpr void describe(Writer& writer) {
    writer << "Upsample2d<";
    describe_size(writer, factor);
    writer << ">";
  }
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
