#pragma once

#include <mica/layer.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// How running averages are kept. Exponential: the new value weighs numerator / denominator. Cumulative: the plain average
// over all batches seen. FrozenAverages: they are used in training too and do not change, for fine-tuning with any batch.
template <int numerator = 1, int denominator = 10>
struct Exponential {
  static constexpr bool frozen = false;
  template <class T>
  static T weight_of_new(T) {
    return T(numerator) / T(denominator);
  }
};
struct Cumulative {
  static constexpr bool frozen = false;
  template <class T>
  static T weight_of_new(T batches) {
    return T(1) / batches;
  }
};
struct FrozenAverages {
  static constexpr bool frozen = true;
};

// BatchNorm: normalises each channel (the last extent) over the batch and all pixels.
//   training:   m, v = mean and biased variance of the channel over the n values of the batch
//   test time:  m, v = running averages of the mean and of the unbiased variance v n / (n - 1)
//   y  = g (x - m) / sqrt(v + 1e-5) + b
//   db = sum dy,   dg = sum dy xhat,   dx = g / sqrt(v + 1e-5) (dy - db / n - xhat dg / n)
// The mean is taken of differences from the channel's first value, the variance in a second pass, so that a channel with
// mean 10,000 and deviation 1 comes out right.
// Shape: any, kept. Params: scale [channels] (1 at the start), shift [channels] (0). Stats: mean [channels] (0),
// variance [channels] (1), batches seen [1]. Cache: pivot, shift and 1 / deviation of each channel.
// Memory: 16 channels + 4 bytes in the model, 12 channels in training.
// Errors: training with a single value per channel (batch 1 without pixels) does not compile, unless frozen.
// Paper: Ioffe, Szegedy, 2015, arXiv:1502.03167.
template <class Averages = Exponential<1, 10>>
struct BatchNorm {
  static constexpr float epsilon = 1e-5f;

  template <class Input, class T = float>
  struct On : LayerDefaults<On<Input, T>, Input, Input, T> {
    static constexpr int channels = Input::extent(Input::rank - 1);
    static constexpr int pixels = Input::size / channels;
    static constexpr bool needs_input = true;
    static constexpr bool trains_differently = !Averages::frozen;

    struct Params {
      Tensor<T, channels> scale, shift;
    };
    struct Stats {
      Tensor<T, channels> mean, variance;
      T batches;
    };
    template <int batch>
    struct Cache {
      Tensor<T, channels> pivot, offset, inverse_deviation;
    };
    static constexpr int infer_scratch(int) { return 2 * channels; }
    static constexpr int train_scratch(int) { return 2 * channels; }

    static void initialize(Params& params, Stats& stats, Activation, Random) {
      for (T& scale : params.scale.values) scale = 1;
      for (T& shift : params.shift.values) shift = 0;
      reset(stats);
    }
    // Forgets the running averages, to take them anew.
    static void reset(Stats& stats) {
      for (T& mean : stats.mean.values) mean = 0;
      for (T& variance : stats.variance.values) variance = 1;
      stats.batches = 0;
    }

    static void infer(const Params& params, const Stats& stats, BatchView<const T, Input> x, BatchView<T, Input> y,
                      T* scratch) {
      kernels::inverse_deviation(channels, stats.variance.data(), T(epsilon), scratch);
      kernels::normalize_columns(x.size * pixels, channels, x.data, stats.mean.data(), nullptr, scratch,
                                 params.scale.data(), params.shift.data(), y.data);
    }

    template <int batch>
    static void forward(const Params& params, Stats& stats, Cache<batch>& cache, BatchView<const T, Input> x,
                        BatchView<T, Input> y, StepContext<T> context) {
      const int rows = x.size * pixels;
      if constexpr (Averages::frozen) {
        cache.pivot = stats.mean;
        for (T& offset : cache.offset.values) offset = 0;
        kernels::inverse_deviation(channels, stats.variance.data(), T(epsilon), cache.inverse_deviation.data());
      } else {
        static_assert(batch * pixels > 1,
                      "mica::BatchNorm: a batch of one sample without pixels has no variance to train with. Use a "
                      "larger batch, or BatchNorm<FrozenAverages>.");
        T* const variance = context.scratch;
        for (int c = 0; c < channels; ++c) cache.pivot[c] = x.data[c];
        kernels::column_moments(rows, channels, x.data, cache.pivot.data(), cache.offset.data(), variance);
        stats.batches = stats.batches + T(1);
        const T weight = Averages::weight_of_new(stats.batches);
        const T unbias = rows > 1 ? static_cast<T>(rows) / static_cast<T>(rows - 1) : T(1);
        kernels::update_averages(channels, weight, T(1), cache.pivot.data(), cache.offset.data(), stats.mean.data());
        kernels::update_averages(channels, weight, unbias, variance, nullptr, stats.variance.data());
        kernels::inverse_deviation(channels, variance, T(epsilon), cache.inverse_deviation.data());
      }
      kernels::normalize_columns(rows, channels, x.data, cache.pivot.data(), cache.offset.data(),
                                 cache.inverse_deviation.data(), params.scale.data(), params.shift.data(), y.data);
    }

    template <class Cache>
    static void backward(const Params& params, Params& gradient, const Cache& cache, BatchView<const T, Input> x,
                         BatchView<const T, Input>, BatchView<T, Input> dy, BatchView<T, Input> dx,
                         StepContext<T> context) {
      const int rows = x.size * pixels;
      T* const dshift = context.scratch;
      T* const dscale = context.scratch + channels;
      kernels::normalized_sums(rows, channels, x.data, cache.pivot.data(), cache.offset.data(),
                               cache.inverse_deviation.data(), dy.data, dshift, dscale);
      if (dx.data != nullptr) {
        const T share = Averages::frozen ? T(0) : T(1) / static_cast<T>(rows);
        kernels::normalize_columns_backward(rows, channels, x.data, cache.pivot.data(), cache.offset.data(),
                                            cache.inverse_deviation.data(), params.scale.data(), share, dshift, dscale,
                                            dy.data, dx.data);
      }
      kernels::add(channels, dshift, gradient.shift.data());
      kernels::add(channels, dscale, gradient.scale.data());
    }
  };

  template <class Writer>
  static constexpr void describe(Writer& writer) {
    writer << "BatchNorm<>";
  }
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
