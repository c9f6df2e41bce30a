#pragma once

#include <mica/layer.hpp>
#include <mica/layers/epsilon.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// How many numbers the last `extents` extents of a shape hold; all of them for 0.
template <class Input>
constexpr int size_of_last(int extents) {
  int size = 1;
  for (int i = extents > 0 ? Input::rank - extents : 0; i < Input::rank; ++i) size *= i >= 0 ? Input::extent(i) : 1;
  return size;
}

// LayerNorm: normalises each sample by itself: all of it, or each row of its last `extents` extents, for instance
// LayerNorm<1> each step of a sequence [steps][features].
//   m, v = mean and biased variance of the row's n numbers
//   xhat = (x - m) / sqrt(v + 1e-5),   y = scale xhat + shift
//   dshift += dy,   dscale += dy xhat, row by row
//   dx = (scale dy - mean of (scale dy) - xhat times the mean of (scale dy xhat)) / sqrt(v + 1e-5)
// The mean is taken of the differences from the row's first number, the variance in a second pass, so that a row with
// mean 10,000 and deviation 1 comes out right. Training and test time are the same.
// Another Added, such as Epsilon<1, 1000>, takes the place of 1e-5.
// Shape: any, kept. Works in place; backward reads the input.
// Params: scale [n] (1 at the start), shift [n] (0). Stats: none. Cache: mean and inverse deviation of each row.
// Memory: 8 n bytes of parameters; 8 bytes a row in training.
// Errors: rows of a single number, or more extents than the sample has, do not compile.
// Paper: Ba, Kiros, Hinton, "Layer normalization", 2016, arXiv:1607.06450.
template <int extents = 0, class Added = Epsilon<>>
struct LayerNorm {
  static constexpr float epsilon = Added::value;

  template <class Input, class T = float>
  struct On : LayerDefaults<On<Input, T>, Input, Input, T> {
    static constexpr int columns = size_of_last<Input>(extents);
    static constexpr int rows = Input::size / columns;
    static constexpr bool in_place = true;
    static constexpr bool needs_input = true;

    struct Params {
      Tensor<T, columns> scale, shift;
    };
    using Stats = typename LayerDefaults<On, Input, Input, T>::Stats;
    template <int batch>
    struct Cache {
      Tensor<T, batch * rows> offset, inverse;
    };

    static void initialize(Params& params, Stats&, Activation, Random) {
      for (T& scale : params.scale.values) scale = 1;
      for (T& shift : params.shift.values) shift = 0;
    }

    static void infer(const Params& params, const Stats&, BatchView<const T, Input> x, BatchView<T, Input> y, T*) {
      kernels::normalize_rows<T>(x.size * rows, columns, T(epsilon), x.data, params.scale.data(), params.shift.data(),
                                 y.data, nullptr, nullptr);
    }
    template <int batch>
    static void forward(const Params& params, Stats&, Cache<batch>& cache, BatchView<const T, Input> x,
                        BatchView<T, Input> y, StepContext<T>) {
      kernels::normalize_rows(x.size * rows, columns, T(epsilon), x.data, params.scale.data(), params.shift.data(),
                              y.data, cache.offset.data(), cache.inverse.data());
    }
    template <class Cache>
    static void backward(const Params& params, Params& gradient, const Cache& cache, BatchView<const T, Input> x,
                         BatchView<const T, Input>, BatchView<T, Input> dy, BatchView<T, Input> dx, StepContext<T>) {
      kernels::normalize_rows_backward(x.size * rows, columns, x.data, cache.offset.data(), cache.inverse.data(),
                                       params.scale.data(), dy.data, gradient.scale.data(), gradient.shift.data(),
                                       dx.data);
    }

    static_assert(extents <= Input::rank, "mica::LayerNorm: the sample has fewer extents than are to be normalised.");
    static_assert(columns > 1, "mica::LayerNorm: a row of a single number has no variance to normalise by.");
  };

  template <class Writer>
  static constexpr void describe(Writer& writer) {
    writer << "LayerNorm<" << extents;
    Added::describe_argument(writer, true);
    writer << ">";
  }

  static_assert(extents >= 0, "mica::LayerNorm: the number of extents must be 1 or more, or 0 for the whole sample.");
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
