#pragma once

#include <mica/layer.hpp>
#include <mica/layers/concat.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// SelectChannels: `count` neighbouring channels (the last extent) from `first` on.
//   y[..][c] = x[..][first + c],   dx[..][first + c] = dy[..][c], 0 in the other channels
// A convolution in two groups:
//   Concat<Branch<SelectChannels<0, 8>, Conv2d<16, 3>>, Branch<SelectChannels<8, 8>, Conv2d<16, 3>>>
// Shape: [...pixels][channels] -> [...pixels][count]. Params, Stats, Cache: none. Memory: none.
// Errors: channels that the input does not have do not compile.
template <int first, int count>
struct SelectChannels {
  static_assert(first >= 0 && count > 0, "mica::SelectChannels: at least one channel, counted from 0, must be named.");

  template <class Input, class T = float>
  struct On : LayerDefaults<On<Input, T>, Input, WithLastExtent<Input, count>, T> {
    using Output = WithLastExtent<Input, count>;
    static constexpr int channels = Input::extent(Input::rank - 1);
    static constexpr int pixels = Input::size / channels;
    static_assert(first + count <= channels, "mica::SelectChannels: the input has fewer channels.");

    template <class Params, class Stats>
    static void infer(const Params&, const Stats&, BatchView<const T, Input> x, BatchView<T, Output> y, T*) {
      kernels::copy_columns<T>(x.size * pixels, count, x.data + first, channels, y.data, count);
    }
    template <class Params, class Cache>
    static void backward(const Params&, Params&, const Cache&, BatchView<const T, Input>, BatchView<const T, Output>,
                         BatchView<T, Output> dy, BatchView<T, Input> dx, StepContext<T>) {
      if (dx.data == nullptr) return;
      for (int i = 0; i < dx.count(); ++i) dx.data[i] = 0;
      kernels::copy_columns<T>(dy.size * pixels, count, dy.data, count, dx.data + first, channels);
    }
  };

  template <class Writer>
  static constexpr void describe(Writer& writer) {
    writer << "SelectChannels<" << first << ", " << count << ">";
  }
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
