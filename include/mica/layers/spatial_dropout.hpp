#pragma once

#include <mica/layer.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// SpatialDropout: in training drops whole channels (the last extent) of a sample, because neighbouring pixels of one
// channel say nearly the same; at test time it does nothing.
//   y = m x / (1 - p),   one m for each channel of each sample: 0 with probability p, else 1        dx = m dy / (1 - p)
// The mask is not stored: m of channel c of sample i of a batch is a function of the step's generator and of the index
// (i * channels + c), drawn again in backward. So it depends on the sample's place in the batch, but not on how many
// samples follow.
// Shape: [...pixels][channels], kept. Params, Stats, Cache: none; works in place.
// Memory: none in the model; scratch of 4 channels bytes a sample in training.
// Errors: a share of 1 or more, or below 0, and an input without pixels do not compile.
// Paper: Tompson, Goroshin, Jain, LeCun, Bregler, "Efficient object localization", 2014, arXiv:1411.4280.
template <int numerator, int denominator>
struct SpatialDropout {
  static constexpr bool valid = numerator >= 0 && numerator < denominator;

  template <class Input, class T = float>
  struct On : LayerDefaults<On<Input, T>, Input, Input, T> {
    static constexpr int channels = Input::extent(Input::rank - 1);
    static constexpr int pixels = Input::size / channels;
    static constexpr bool in_place = true;
    static constexpr bool trains_differently = true;
    static constexpr int threshold = kernels::drop_threshold(numerator, denominator);
    static constexpr T factor = valid ? T(denominator) / T(denominator - numerator) : T(1);
    static constexpr int train_scratch(int batch) { return batch * channels; }

    template <class Params, class Stats>
    static void infer(const Params&, const Stats&, BatchView<const T, Input> x, BatchView<T, Input> y, T*) {
      kernels::copy(x.count(), x.data, y.data);
    }
    template <class Params, class Stats, class Cache>
    static void forward(const Params&, Stats&, Cache&, BatchView<const T, Input> x, BatchView<T, Input> y,
                        StepContext<T> context) {
      drop(x, y, context);
    }
    template <class Params, class Cache>
    static void backward(const Params&, Params&, const Cache&, BatchView<const T, Input>, BatchView<const T, Input>,
                         BatchView<T, Input> dy, BatchView<T, Input> dx, StepContext<T> context) {
      if (dx.data != nullptr) drop(dy, dx, context);
    }

   private:
    static void drop(BatchView<const T, Input> from, BatchView<T, Input> to, StepContext<T> context) {
      kernels::fill_kept<T>(from.size * channels, context.random, threshold, factor, context.scratch);
      for (int sample = 0; sample < from.size; ++sample) {
        kernels::scale_columns<T>(pixels, channels, context.scratch + sample * channels, from[sample], to[sample]);
      }
    }

    static_assert(Input::rank > 1,
                  "mica::SpatialDropout: the input must have pixels and channels; use Dropout for a row of numbers.");
  };

  template <class Writer>
  static constexpr void describe(Writer& writer) {
    writer << "SpatialDropout<" << numerator << ", " << denominator << ">";
  }

  static_assert(valid, "mica::SpatialDropout: the share that is dropped must be at least 0 and below 1.");
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
