#pragma once

#include <mica/assert.hpp>
#include <mica/initializers.hpp>
#include <mica/layer.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// Shape: the extents of a sample and one more behind them.
template <class Sample, int last>
struct Appended;
template <int... extents, int last>
struct Appended<Shape<extents...>, last> {
  using Type = Shape<extents..., last>;
};

// Embedding: a trained vector for each word of a vocabulary.
//   y_t = weight[x_t]        dweight[x_t] += dy_t, sample by sample and t by t;   dx = 0: an index has no gradient
// Shape: any, of indices -> the same and [dimension], for instance [time] -> [time][dimension]. The indices are floats
// that hold whole numbers from 0 to vocabulary - 1.
// Params: weight [vocabulary][dimension], normal with deviation 1 at the start. Stats, Cache: none (backward reads the
// input). Memory: 4 vocabulary dimension bytes of parameters. Fan-in: 1 (a row is chosen, not summed).
// Fan-out: dimension.
// Errors: an index that is no whole number below the vocabulary is a mistake of the caller (MICA_ASSERT); without
// assertions it is cut off to a whole number, and one out of range counts as the nearest row, NaN as row 0.
// Paper: Bengio, Ducharme, Vincent, Jauvin, "A neural probabilistic language model", 2003, JMLR 3:1137-1155.
template <int vocabulary, int dimension, class WeightInitializer = Normal<1>>
struct Embedding {
  static constexpr int rows = vocabulary > 0 ? vocabulary : 1;
  static constexpr int columns = dimension > 0 ? dimension : 1;

  template <class Input, class T = float>
  struct On : LayerDefaults<On<Input, T>, Input, typename Appended<Input, columns>::Type, T> {
    using Output = typename Appended<Input, columns>::Type;
    using Stats = typename LayerDefaults<On, Input, Output, T>::Stats;
    static constexpr Fan fan = {1, columns};
    static constexpr bool needs_input = true;
    static constexpr Activation activation = {Activation::weights, 0};

    struct Params {
      Tensor<T, rows, columns> weight;
    };

    static void initialize(Params& params, Stats&, Activation next, Random random) {
      WeightInitializer::fill(params.weight.data(), rows, columns, fan, next, random);
    }
    static void infer(const Params& params, const Stats&, BatchView<const T, Input> x, BatchView<T, Output> y, T*) {
      for (int i = 0; i < x.count(); ++i) {
        MICA_ASSERT(x.data[i] >= 0 && x.data[i] < T(rows) && x.data[i] == T(static_cast<int>(x.data[i])));
      }
      kernels::look_up(x.count(), columns, rows, x.data, params.weight.data(), y.data);
    }
    template <class Cache>
    static void backward(const Params&, Params& gradient, const Cache&, BatchView<const T, Input> x,
                         BatchView<const T, Output>, BatchView<T, Output> dy, BatchView<T, Input> dx, StepContext<T>) {
      kernels::look_up_backward(x.count(), columns, rows, x.data, dy.data, gradient.weight.data());
      for (int i = 0; dx.data != nullptr && i < dx.count(); ++i) dx.data[i] = 0;
    }
  };

  template <class Writer>
  static constexpr void describe(Writer& writer) {
    writer << "Embedding<" << vocabulary << ", " << dimension << ">";
  }

  static_assert(vocabulary > 0 && dimension > 0,
                "mica::Embedding: the vocabulary and the dimension must be at least 1.");
  static_assert(vocabulary <= 1 << 24,
                "mica::Embedding: the vocabulary is larger than 2^24: a float cannot hold every index.");
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
