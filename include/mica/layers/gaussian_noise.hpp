#pragma once

#include <mica/layer.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// GaussianNoise: in training adds normal noise of deviation numerator / denominator; at test time it does nothing.
//   y = x + deviation z,   z normal with mean 0 and deviation 1        dx = dy
// z of value j of sample i of a batch is a function of the step's generator and of the index (i * size + j); the noise
// depends on the sample's place in the batch, but not on how many samples follow.
// Shape: any, kept. Params, Stats, Cache: none; works in place. Memory: none.
// Errors: a deviation below 0 does not compile.
// Paper: Bishop, "Training with noise is equivalent to Tikhonov regularization", Neural Computation 7, 1995,
// doi:10.1162/neco.1995.7.1.108.
template <int numerator, int denominator>
struct GaussianNoise {
  static constexpr bool valid = numerator >= 0 && denominator > 0;

  template <class Input, class T = float>
  struct On : LayerDefaults<On<Input, T>, Input, Input, T> {
    static constexpr bool in_place = true;
    static constexpr bool trains_differently = true;
    static constexpr T deviation = valid ? T(numerator) / T(denominator > 0 ? denominator : 1) : T(0);

    template <class Params, class Stats>
    static void infer(const Params&, const Stats&, BatchView<const T, Input> x, BatchView<T, Input> y, T*) {
      kernels::copy(x.count(), x.data, y.data);
    }
    template <class Params, class Stats, class Cache>
    static void forward(const Params&, Stats&, Cache&, BatchView<const T, Input> x, BatchView<T, Input> y,
                        StepContext<T> context) {
      kernels::add_normal(x.count(), context.random, deviation, x.data, y.data);
    }
    template <class Params, class Cache>
    static void backward(const Params&, Params&, const Cache&, BatchView<const T, Input>, BatchView<const T, Input>,
                         BatchView<T, Input> dy, BatchView<T, Input> dx, StepContext<T>) {
      if (dx.data != nullptr) kernels::copy<T>(dy.count(), dy.data, dx.data);
    }
  };

  template <class Writer>
  static constexpr void describe(Writer& writer) {
    writer << "GaussianNoise<" << numerator << ", " << denominator << ">";
  }

  static_assert(valid, "mica::GaussianNoise: the deviation must be 0 or more, with a denominator of at least 1.");
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
