#pragma once

#include <type_traits>

#include <mica/layer.hpp>
#include <mica/layers/epsilon.hpp>
#include <mica/layers/running_averages.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// BatchNorm: normalises each channel (the last extent) over the batch and all pixels.
//   training:   m, v = mean and biased variance of the channel over the n values of the batch
//   test time:  m, v = running averages of the mean and of the unbiased variance v n / (n - 1)
//   xhat = (x - m) / sqrt(v + 1e-5),   y = scale xhat + shift
//   dshift = sum of dy,   dscale = sum of dy xhat
//   dx = scale / sqrt(v + 1e-5) (dy - dshift / n - xhat dscale / n)
// The mean is kept in two parts, a number near the values and the rest, in training and in the running averages, and
// the variance takes a second pass: a channel with mean 10,000 and deviation 1 comes out right.
// Averages: Exponential<numerator, denominator>, Cumulative or FrozenAverages; with the last, m and v are the running
// averages in training too, and dx = scale / sqrt(v + 1e-5) dy. A network is the same in files whichever it uses.
// Added: Epsilon<1, 1000> adds 1/1000 in place of 1e-5.
// A batch that happens to hold one value per channel gives y = shift and dx = 0, and leaves the averages alone.
// Shape: any, kept. Works in place; backward reads the input.
// Params: scale [channels] (1 at the start), shift [channels] (0).
// Stats: mean [channels] (0), its remainder [channels] (0), variance [channels] (1), batches seen [1].
// Cache: pivot, offset and inverse deviation of each channel.
// Memory: 20 channels + 4 bytes in the model, 12 channels in training; scratch for 4, in training 8 channels bytes.
// Errors: a batch of one without pixels does not compile in training, unless the averages are frozen.
// Paper: Ioffe, Szegedy, "Batch normalization", 2015, arXiv:1502.03167.
template <class Averages = Exponential<>, class Added = Epsilon<>>
struct BatchNorm {
  static constexpr float epsilon = Added::value;

  template <class Input, class T = float>
  struct On : LayerDefaults<On<Input, T>, Input, Input, T> {
    static constexpr int channels = Input::extent(Input::rank - 1);
    static constexpr int pixels = Input::size / channels;
    static constexpr bool in_place = true;
    static constexpr bool needs_input = true;
    static constexpr bool trains_differently = !Averages::frozen;

    struct Params {
      Tensor<T, channels> scale, shift;
    };
    struct Stats {
      Tensor<T, channels> mean, remainder, variance;
      T batches;
    };
    // A struct of its own, so that the sentence is all that the compiler reports.
    template <bool value>
    struct HasVariance {
      static_assert(value,
                    "mica::BatchNorm: a batch of one sample without pixels has no variance to train with. Use a larger "
                    "batch, or BatchNorm<FrozenAverages>.");
    };
    template <int batch>
    struct Cache {
      Tensor<T, channels> pivot, offset, inverse;
      // NOLINTNEXTLINE(bugprone-sizeof-expression): asks for the type, so that its message is shown
      static_assert(sizeof(HasVariance < Averages::frozen || (batch * pixels > 1) >) > 0, "");
    };
    static constexpr int infer_scratch(int) { return channels; }
    static constexpr int train_scratch(int) { return 2 * channels; }

    static void initialize(Params& params, Stats& stats, Activation, Random) {
      for (T& scale : params.scale.values) scale = 1;
      for (T& shift : params.shift.values) shift = 0;
      for (T& mean : stats.mean.values) mean = 0;
      for (T& remainder : stats.remainder.values) remainder = 0;
      for (T& variance : stats.variance.values) variance = 1;
      stats.batches = 0;
    }

    static void infer(const Params& params, const Stats& stats, BatchView<const T, Input> x, BatchView<T, Input> y,
                      T* scratch) {
      kernels::inverse_deviation(channels, stats.variance.data(), T(epsilon), scratch);
      kernels::scale_columns(1, channels, params.scale.data(), scratch, scratch);
      kernels::normalize_columns(x.size * pixels, channels, x.data, stats.mean.data(), stats.remainder.data(), scratch,
                                 params.shift.data(), y.data);
    }

    template <int batch>
    static void forward(const Params& params, Stats& stats, Cache<batch>& cache, BatchView<const T, Input> x,
                        BatchView<T, Input> y, StepContext<T> context) {
      T* const factor = context.scratch;
      if constexpr (Averages::frozen) {
        cache.pivot = stats.mean;
        cache.offset = stats.remainder;
        kernels::inverse_deviation(channels, stats.variance.data(), T(epsilon), cache.inverse.data());
      } else {
        T* const variance = context.scratch + channels;
        for (int c = 0; c < channels; ++c) cache.pivot[c] = x.data[c];
        kernels::column_moments(x.size * pixels, channels, channels, x.data, cache.pivot.data(), cache.offset.data(),
                                variance);
        update_averages(stats, x.size * pixels, cache.pivot.data(), cache.offset.data(), variance);
        kernels::inverse_deviation(channels, variance, T(epsilon), cache.inverse.data());
      }
      kernels::scale_columns(1, channels, params.scale.data(), cache.inverse.data(), factor);
      kernels::normalize_columns(x.size * pixels, channels, x.data, cache.pivot.data(), cache.offset.data(), factor,
                                 params.shift.data(), y.data);
    }

    template <class Cache>
    static void backward(const Params& params, Params& gradient, const Cache& cache, BatchView<const T, Input> x,
                         BatchView<const T, Input>, BatchView<T, Input> dy, BatchView<T, Input> dx,
                         StepContext<T> context) {
      const int rows = x.size * pixels;
      T* const dshift = context.scratch;
      T* const dscale = context.scratch + channels;
      kernels::normalized_sums(rows, channels, x.data, cache.pivot.data(), cache.offset.data(), cache.inverse.data(),
                               dy.data, dshift, dscale);
      kernels::add(channels, dshift, gradient.shift.data());
      kernels::add(channels, dscale, gradient.scale.data());
      if (dx.data == nullptr) return;
      kernels::sum_groups(channels, channels, params.scale.data(), dshift);
      kernels::sum_groups(channels, channels, params.scale.data(), dscale);
      const T share = Averages::frozen ? T(0) : T(1) / static_cast<T>(rows);
      kernels::normalize_columns_backward(rows, channels, x.data, cache.pivot.data(), cache.offset.data(),
                                          cache.inverse.data(), params.scale.data(), share, dshift, dscale, dy.data,
                                          dx.data);
    }

    // With frozen averages x plays no part in dx.
    template <class Cache, bool frozen = Averages::frozen>
    static std::enable_if_t<frozen> input_gradient(const Params& params, const Cache& cache, BatchView<T, Input> dy,
                                                   BatchView<T, Input> dx, StepContext<T> context) {
      kernels::scale_columns<T>(1, channels, params.scale.data(), cache.inverse.data(), context.scratch);
      kernels::scale_columns<T>(dy.size * pixels, channels, context.scratch, dy.data, dx.data);
    }

   private:
    static void update_averages(Stats& stats, int rows, const T* pivot, const T* offset, const T* variance) {
      if (rows < 2) return;  // one value says nothing about the variance
      stats.batches = stats.batches + T(1);
      const T weight = Averages::weight_of_new(stats.batches);
      const T unbias = static_cast<T>(rows) / static_cast<T>(rows - 1);
      kernels::update_mean(channels, weight, pivot, offset, stats.mean.data(), stats.remainder.data());
      kernels::update_average(channels, weight, unbias, variance, stats.variance.data());
    }
  };

  // The same words whatever the averages, so that a network trained with one kind can be loaded for another.
  template <class Writer>
  static constexpr void describe(Writer& writer) {
    writer << "BatchNorm<" << (Added::usual ? "" : "Exponential<>");
    Added::describe_argument(writer, true);
    writer << ">";
  }
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
