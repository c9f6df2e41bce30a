#pragma once

#include <mica/layer.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// AlphaDropout: dropout for networks of SELU units: a dropped value becomes the one that SELU tends to, and all are
// scaled and shifted so that mean 0 and variance 1 stay as they are; at test time it does nothing.
//   y = a (m x - (1 - m) s) + a s p,   m = 0 with probability p = numerator / denominator, else 1        dx = a m dy
//   s = 1.7580993 (SELU's scale times its alpha),   a = 1 / sqrt((1 - p) (1 + p s^2))
// The mask is not stored: it is that of Dropout, drawn again in backward, and depends on a sample's place in the batch.
// Shape: any, kept. Params, Stats, Cache: none; works in place. Memory: none.
// Errors: a share of 1 or more, or below 0, does not compile.
// Paper: Klambauer, Unterthiner, Mayr, Hochreiter, "Self-normalizing neural networks", 2017, arXiv:1706.02515.
template <int numerator, int denominator>
struct AlphaDropout {
  static constexpr bool valid = numerator >= 0 && numerator < denominator;

  template <class Input, class T = float>
  struct On : LayerDefaults<On<Input, T>, Input, Input, T> {
    static constexpr bool in_place = true;
    static constexpr bool trains_differently = true;

    template <class Params, class Stats>
    static void infer(const Params&, const Stats&, BatchView<const T, Input> x, BatchView<T, Input> y, T*) {
      kernels::copy(x.count(), x.data, y.data);
    }
    template <class Params, class Stats, class Cache>
    static void forward(const Params&, Stats&, Cache&, BatchView<const T, Input> x, BatchView<T, Input> y,
                        StepContext<T> context) {
      constexpr double shift = scale * saturation * share;
      kernels::drop(x.count(), context.random, threshold, T(scale), T(shift), T(shift - scale * saturation), x.data,
                    y.data);
    }
    template <class Params, class Cache>
    static void backward(const Params&, Params&, const Cache&, BatchView<const T, Input>, BatchView<const T, Input>,
                         BatchView<T, Input> dy, BatchView<T, Input> dx, StepContext<T> context) {
      if (dx.data == nullptr) return;
      kernels::drop<T>(dy.count(), context.random, threshold, T(scale), T(0), T(0), dy.data, dx.data);
    }
  };

  template <class Writer>
  static constexpr void describe(Writer& writer) {
    writer << "AlphaDropout<" << numerator << ", " << denominator << ">";
  }

 private:
  static constexpr double square_root(double x) {
    double root = x > 1 ? x : 1;
    for (int step = 0; step < 60; ++step) root = (root + x / root) / 2;  // Newton
    return root;
  }
  static constexpr int threshold = kernels::drop_threshold(numerator, denominator);
  static constexpr double share = valid ? static_cast<double>(numerator) / denominator : 0;
  static constexpr double saturation = 1.7580993408473766;
  static constexpr double scale = 1 / square_root((1 - share) * (1 + share * saturation * saturation));

  static_assert(valid, "mica::AlphaDropout: the share that is dropped must be at least 0 and below 1.");
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
