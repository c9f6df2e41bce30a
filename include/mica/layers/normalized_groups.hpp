#pragma once

#include <mica/layer.hpp>
#include <mica/layers/epsilon.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// NormalizedGroups: what GroupNorm and InstanceNorm do: normalises groups of neighbouring channels of each sample.
//   m, v = mean and biased variance over the group's channels and all pixels, n values
//   xhat = (x - m) / sqrt(v + 1e-5),   y = scale xhat + shift
//   dshift += sum of dy,   dscale += sum of dy xhat over the pixels, sample by sample
//   dx = (scale dy - mean over the group of (scale dy) - xhat times its mean of (scale dy xhat)) / sqrt(v + 1e-5)
// The mean is taken of the differences from the group's first value, the variance in a second pass.
// Shape: [...pixels][channels], kept. Works in place; backward reads the input.
// Params: scale [channels] (1 at the start), shift [channels] (0). Stats: none.
// Cache: mean (its difference from the first value) and inverse deviation of each group of each sample.
// Memory: 8 channels bytes of parameters; 8 groups bytes a sample in training; scratch for 4 (in training 5) numbers a
// channel.
template <class InputShape, class T, int groups, class Added = Epsilon<>>
struct NormalizedGroups : LayerDefaults<NormalizedGroups<InputShape, T, groups, Added>, InputShape, InputShape, T> {
  using Input = InputShape;
  static constexpr float epsilon = Added::value;
  static constexpr int channels = Input::extent(Input::rank - 1);
  static constexpr int pixels = Input::size / channels;
  static constexpr int size = channels / groups;
  static constexpr bool in_place = true;
  static constexpr bool needs_input = true;

  struct Params {
    Tensor<T, channels> scale, shift;
  };
  using Stats = typename LayerDefaults<NormalizedGroups, Input, Input, T>::Stats;
  template <int batch>
  struct Cache {
    Tensor<T, batch * groups> offset, inverse;
  };
  static constexpr int infer_scratch(int) { return 4 * channels; }
  static constexpr int train_scratch(int) { return 5 * channels; }

  static void initialize(Params& params, Stats&, Activation, Random) {
    for (T& scale : params.scale.values) scale = 1;
    for (T& shift : params.shift.values) shift = 0;
  }

  static void infer(const Params& params, const Stats&, BatchView<const T, Input> x, BatchView<T, Input> y,
                    T* scratch) {
    for (int sample = 0; sample < x.size; ++sample) {
      normalize(params, x[sample], y[sample], scratch);
    }
  }

  template <int batch>
  static void forward(const Params& params, Stats&, Cache<batch>& cache, BatchView<const T, Input> x,
                      BatchView<T, Input> y, StepContext<T> context) {
    for (int sample = 0; sample < x.size; ++sample) {
      const Moments moments = normalize(params, x[sample], y[sample], context.scratch);
      for (int group = 0; group < groups; ++group) {
        cache.offset[sample * groups + group] = moments.offset[group * size];
        cache.inverse[sample * groups + group] = moments.inverse[group * size];
      }
    }
  }

  template <class Cache>
  static void backward(const Params& params, Params& gradient, const Cache& cache, BatchView<const T, Input> x,
                       BatchView<const T, Input>, BatchView<T, Input> dy, BatchView<T, Input> dx,
                       StepContext<T> context) {
    const Moments moments(context.scratch);
    T* const dshift = context.scratch + 3 * channels;
    T* const dscale = context.scratch + 4 * channels;
    for (int sample = 0; sample < x.size; ++sample) {
      for (int c = 0; c < channels; ++c) {
        const int group = c / size;
        moments.pivot[c] = x[sample][group * size];
        moments.offset[c] = cache.offset[sample * groups + group];
        moments.inverse[c] = cache.inverse[sample * groups + group];
      }
      kernels::normalized_sums<T>(pixels, channels, x[sample], moments.pivot, moments.offset, moments.inverse,
                                  dy[sample], dshift, dscale);
      kernels::add(channels, dshift, gradient.shift.data());
      kernels::add(channels, dscale, gradient.scale.data());
      if (dx.data == nullptr) continue;
      kernels::sum_groups(channels, groups, params.scale.data(), dshift);
      kernels::sum_groups(channels, groups, params.scale.data(), dscale);
      const T share = T(1) / static_cast<T>(pixels * size);
      kernels::normalize_columns_backward<T>(pixels, channels, x[sample], moments.pivot, moments.offset,
                                             moments.inverse, params.scale.data(), share, dshift, dscale, dy[sample],
                                             dx[sample]);
    }
  }

 private:
  // One number for each channel, those of its group.
  struct Moments {
    T *pivot, *offset, *inverse;
    explicit Moments(T* scratch) : pivot(scratch), offset(scratch + channels), inverse(scratch + 2 * channels) {}
  };

  static Moments normalize(const Params& params, const T* x, T* y, T* scratch) {
    const Moments moments(scratch);
    T* const factor = scratch + 3 * channels;
    for (int c = 0; c < channels; ++c) moments.pivot[c] = x[c / size * size];
    kernels::column_moments<T>(pixels, channels, groups, x, moments.pivot, moments.offset, moments.inverse);
    kernels::inverse_deviation<T>(channels, moments.inverse, T(epsilon), moments.inverse);
    kernels::scale_columns<T>(1, channels, params.scale.data(), moments.inverse, factor);
    kernels::normalize_columns<T>(pixels, channels, x, moments.pivot, moments.offset, factor, params.shift.data(), y);
    return moments;
  }
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
