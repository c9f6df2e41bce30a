#pragma once

#include <mica/layer.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// GlobalAvgPool: the mean of each channel over all pixels, or over the whole length.
//   y[c] = (sum over the pixels p of x[p][c]) * (1 / pixels),   dx[p][c] = dy[c] * (1 / pixels)
// The sum is that of add_rows: blocks of 64 pixels, so that its error does not grow with the image.
// Shape: [height][width][channels] or [length][channels] -> [channels]. Params, Stats, Cache: none. Memory: none.
// Errors: an input of one extent does not compile. Paper: Lin, Chen, Yan, "Network in network", arXiv:1312.4400.
struct GlobalAvgPool {
  template <class Input, class T = float>
  struct On : LayerDefaults<On<Input, T>, Input, Shape<Input::extent(Input::rank - 1)>, T> {
    static_assert(Input::rank >= 2,
                  "mica::GlobalAvgPool: the input must have channels behind at least one other extent.");
    static constexpr int channels = Input::extent(Input::rank - 1);
    static constexpr int pixels = Input::size / channels;
    using Output = Shape<channels>;

    template <class Params, class Stats>
    static void infer(const Params&, const Stats&, BatchView<const T, Input> x, BatchView<T, Output> y, T*) {
      kernels::global_average<T>(x.size, pixels, channels, x.data, y.data);
    }
    template <class Params, class Cache>
    static void backward(const Params&, Params&, const Cache&, BatchView<const T, Input>, BatchView<const T, Output>,
                         BatchView<T, Output> dy, BatchView<T, Input> dx, StepContext<T>) {
      if (dx.data == nullptr) return;
      kernels::global_average_backward<T>(dy.size, pixels, channels, dy.data, dx.data);
    }
  };

  template <class Writer>
  static constexpr void describe(Writer& writer) {
    writer << "GlobalAvgPool";
  }
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
