#pragma once

#include <mica/layer.hpp>
#include <mica/padding.hpp>
#include <mica/pool_geometry.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// The padding of a sequence: Valid, Same, or Pad<before, after>, which writes in front of the first element and behind
// the last what it writes above and below an image.
template <class Padding>
struct LengthPadding {
  static constexpr Margin vertical(int, int, int) { return {0, 0}; }
  static constexpr Margin horizontal(int size, int reach, int stride) { return Padding::vertical(size, reach, stride); }
};
template <class Padding>
constexpr bool drops_border<LengthPadding<Padding>> = drops_border<Padding>;

// A sequence [length][channels] as an image one row high. Where the input is none, or `fits` is false, it is an image
// on which every layer works, so that only the sentence of the one-dimensional layer is reported.
template <class Input, bool fits>
constexpr auto row_image() {
  if constexpr (Input::rank == 2 && fits) {
    return Shape<1, Input::extent(0), Input::extent(1)>{};
  } else {
    return Shape<1, 65536, 1>{};
  }
}
template <class Input, class Padding>
constexpr bool kernel_fits_length(int kernel, int stride, int dilation) {
  if constexpr (Input::rank == 2) {
    return kernel_fits<Shape<1, Input::extent(0), 1>, LengthPadding<Padding>>(
        rectangle(1, kernel), rectangle(1, stride), rectangle(1, dilation));
  } else {
    return true;
  }
}

template <class Input, int kernel, int stride, class Padding>
constexpr bool reads_end_of_length() {
  if constexpr (Input::rank == 2) {
    return PoolGeometry<Shape<1, Input::extent(0), 1>, rectangle(1, kernel), rectangle(1, stride),
                        LengthPadding<Padding>>::reads_border;
  } else {
    return true;
  }
}

// OverLength: a two-dimensional layer, bound to an image one row high, as a layer over [length][channels].
// Params, Stats, Cache, memory: those of the two-dimensional layer.
template <class Bound, class InputShape>
struct OverLength : LayerDefaults<OverLength<Bound, InputShape>, InputShape,
                                  Shape<Bound::Output::extent(1), Bound::Output::extent(2)>, typename Bound::Value> {
  using T = typename Bound::Value;
  using Output = Shape<Bound::Output::extent(1), Bound::Output::extent(2)>;
  using Image = typename Bound::Input;
  using OutputImage = typename Bound::Output;
  using Params = typename Bound::Params;
  using Stats = typename Bound::Stats;
  template <int batch>
  using Cache = typename Bound::template Cache<batch>;

  static constexpr bool dx_over_x = Bound::dx_over_x;
  static constexpr bool needs_input = Bound::needs_input;
  static constexpr bool needs_output = Bound::needs_output;
  static constexpr Activation activation = Bound::activation;
  static constexpr int infer_scratch(int batch) { return Bound::infer_scratch(batch); }
  static constexpr int train_scratch(int batch) { return Bound::train_scratch(batch); }
  static constexpr int shared_scratch(int batch) { return Bound::shared_scratch(batch); }

  static void initialize(Params& params, Stats& stats, Activation next, Random random) {
    Bound::initialize(params, stats, next, random);
  }
  static void infer(const Params& params, const Stats& stats, BatchView<const T, InputShape> x, BatchView<T, Output> y,
                    Scratch<T> scratch) {
    Bound::infer(params, stats, BatchView<const T, Image>(x.data, x.size), BatchView<T, OutputImage>(y.data, y.size),
                 scratch);
  }
  template <class Kept>
  static void backward(const Params& params, Params& gradient, const Kept& cache, BatchView<const T, InputShape> x,
                       BatchView<const T, Output> y, BatchView<T, Output> dy, BatchView<T, InputShape> dx,
                       StepContext<T> context) {
    Bound::backward(params, gradient, cache, BatchView<const T, Image>(x.data, x.size),
                    BatchView<const T, OutputImage>(y.data, y.size), BatchView<T, OutputImage>(dy.data, dy.size),
                    BatchView<T, Image>(dx.data, dx.size), context);
  }
  template <class Kept, class Layer = Bound>
  static std::enable_if_t<has_input_gradient<Layer>> input_gradient(const Params& params, const Kept& cache,
                                                                    BatchView<T, Output> dy,
                                                                    BatchView<T, InputShape> dx,
                                                                    StepContext<T> context) {
    Layer::input_gradient(params, cache, BatchView<T, OutputImage>(dy.data, dy.size),
                          BatchView<T, Image>(dx.data, dx.size), context);
  }
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
