#pragma once

#include <mica/layer.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// Dropout: in training sets a random share p = numerator / denominator of the values to 0 and makes up for it in the
// others; at test time it does nothing.
//   y = m x / (1 - p),   m = 0 with probability p, else 1        dx = m dy / (1 - p)
// The mask is not stored: m of value j of sample i of a batch is a function of the step's generator and of the index
// (i * size + j), drawn again in backward. So it depends on the sample's place in the batch, but not on how many
// samples follow. p is rounded to a multiple of 2^-24.
// Shape: any, kept. Params, Stats, Cache: none; works in place. Memory: none.
// Errors: a share of 1 or more, or below 0, does not compile.
// Paper: Srivastava, Hinton, Krizhevsky, Sutskever, Salakhutdinov, "Dropout", JMLR 15, 2014.
template <int numerator, int denominator>
struct Dropout {
  static constexpr bool valid = numerator >= 0 && numerator < denominator;

  template <class Input, class T = float>
  struct On : LayerDefaults<On<Input, T>, Input, Input, T> {
    static constexpr bool in_place = true;
    static constexpr bool trains_differently = true;
    static constexpr int threshold = kernels::drop_threshold(numerator, denominator);
    static constexpr T factor = valid ? T(denominator) / T(denominator - numerator) : T(1);

    template <class Params, class Stats>
    static void infer(const Params&, const Stats&, BatchView<const T, Input> x, BatchView<T, Input> y, T*) {
      kernels::copy(x.count(), x.data, y.data);
    }
    template <class Params, class Stats, class Cache>
    static void forward(const Params&, Stats&, Cache&, BatchView<const T, Input> x, BatchView<T, Input> y,
                        StepContext<T> context) {
      kernels::drop(x.count(), context.random, threshold, factor, T(0), T(0), x.data, y.data);
    }
    template <class Params, class Cache>
    static void backward(const Params&, Params&, const Cache&, BatchView<const T, Input>, BatchView<const T, Input>,
                         BatchView<T, Input> dy, BatchView<T, Input> dx, StepContext<T> context) {
      if (dx.data == nullptr) return;
      kernels::drop<T>(dy.count(), context.random, threshold, factor, T(0), T(0), dy.data, dx.data);
    }
  };

  template <class Writer>
  static constexpr void describe(Writer& writer) {
    writer << "Dropout<" << numerator << ", " << denominator << ">";
  }

  static_assert(valid, "mica::Dropout: the share that is dropped must be at least 0 and below 1.");
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
