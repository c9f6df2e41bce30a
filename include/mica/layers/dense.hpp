#pragma once

#include <mica/initializers.hpp>
#include <mica/layer.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// Dense: a fully connected layer.
//   y = x w + b        dw += transposed(x) dy,   db += sum over the batch of dy,   dx = dy transposed(w)
// Each y is one chain of fused multiply-adds that starts from the bias; each dw continues the chain of what it held.
// Shape: any sample, taken as one row of `in` numbers -> [out].
// Params: weight [in][out], bias [out]. Stats: none. Cache: none (backward reads the input).
// Memory: 4 (in + 1) out bytes of parameters. Fan-in: in. Fan-out: out.
template <int outputs, class WeightInitializer = Auto, class BiasInitializer = Zeros>
struct Dense {
  // At least 1, so that a wrong number is reported once, by the static_assert below.
  static constexpr int out = outputs > 0 ? outputs : 1;

  template <class Input, class T = float>
  struct On : LayerDefaults<On<Input, T>, Input, Shape<out>, T> {
    static constexpr int in = Input::size;
    static constexpr Fan fan = {in, out};
    static constexpr long long steps = static_cast<long long>(in) * out;
    static constexpr bool needs_input = true;
    static constexpr bool dx_over_x = true;
    static constexpr Activation activation = {Activation::weights, 0};
    static constexpr int panel = kernels::panel_size;

    struct Params {
      Tensor<T, in, out> weight;
      Tensor<T, out> bias;
    };
    using Stats = typename LayerDefaults<On, Input, Shape<out>, T>::Stats;
    static constexpr int infer_scratch(int batch) { return batch > 1 ? panel : 0; }
    static constexpr int train_scratch(int) { return panel; }
    static constexpr int shared_scratch(int) { return panel; }

    static void initialize(Params& params, Stats&, Activation next, Random random) {
      WeightInitializer::fill(params.weight.data(), in, out, fan, next, random.fork(0));
      BiasInitializer::fill(params.bias.data(), 1, out, fan, next, random.fork(1));
    }

    static void infer(const Params& params, const Stats&, BatchView<const T, Input> x, BatchView<T, Shape<out>> y,
                      Scratch<T> scratch) {
      scratch.share(x.size, steps, [&](int first, int samples, T* numbers) {
        kernels::matmul(samples, out, in, x[first], params.weight.data(), kernels::Start<T>::row(params.bias.data()),
                        y[first], numbers);
      });
    }

    template <class Cache>
    static void backward(const Params& params, Params& gradient, const Cache& cache, BatchView<const T, Input> x,
                         BatchView<const T, Shape<out>>, BatchView<T, Shape<out>> dy, BatchView<T, Input> dx,
                         StepContext<T> context) {
      context.scratch.share(in, static_cast<long long>(x.size) * out, [&](int first, int rows, T* numbers) {
        T* const dw = gradient.weight.data() + first * out;
        kernels::matmul_transposed_a(rows, out, x.size, x.data + first, in, dy.data, kernels::Start<T>::matrix(dw, out),
                                     dw, numbers);
      });
      kernels::add_rows(x.size, out, dy.data, gradient.bias.data());
      if (dx.data != nullptr) input_gradient(params, cache, dy, dx, context);
    }
    // The same some rows of weights at a time, so that little memory holds their gradient. Each part's dx comes from
    // weights that are not updated yet, and takes the place of an x that is not needed any more, if dx is x.
    static constexpr int largest_part(int batch) {
      const int rows = (batch > 1 && panel > 0 ? 8 * panel : 1024) / out;
      return (rows < 1 ? 1 : rows < in ? rows : in) * out;
    }
    template <class Parts, class Cache>
    static void backward_in_parts(const Params& params, Parts parts, const Cache&, BatchView<const T, Input> x,
                                  BatchView<const T, Shape<out>>, BatchView<T, Shape<out>> dy, BatchView<T, Input> dx,
                                  StepContext<T> context) {
      constexpr int part_rows = Parts::room / out < in ? Parts::room / out : in;
      for (int first = 0; first < in; first += part_rows) {
        const int rows = in - first < part_rows ? in - first : part_rows;
        const auto part_of_dx = [&] {
          if (dx.data == nullptr) return;
          if constexpr (part_rows == in && Parts::largest_batch > 1) {
            share_input_gradient(params, dy, dx, context);
          } else {
            kernels::matmul_transposed_b<T>(x.size, rows, out, dy.data, params.weight.data() + first * out,
                                            kernels::Start<T>::zero(), dx.data + first, in, context.scratch);
          }
        };
        if constexpr (Parts::takes_products && out > 1) {
          if (parts.wants_products()) {
            T* const column = parts.gradient();
            for (int i = 0; i < rows; ++i) column[i] = x.data[first + i];
            part_of_dx();
            parts.complete_product(first * out, rows, out, column, dy.data);
            for (int i = 0; i < rows; ++i) column[i] = 0;
            continue;
          }
        }
        kernels::matmul_transposed_a<T>(rows, out, x.size, x.data + first, in, dy.data, kernels::Start<T>::zero(),
                                        parts.gradient(), context.scratch);
        part_of_dx();
        parts.complete(first * out, rows * out);
      }
      kernels::add_rows(x.size, out, dy.data, parts.gradient());
      parts.complete(in * out, out);
    }
    template <class Cache>
    static void input_gradient(const Params& params, const Cache&, BatchView<T, Shape<out>> dy, BatchView<T, Input> dx,
                               StepContext<T> context) {
      share_input_gradient(params, dy, dx, context);
    }

   private:
    static void share_input_gradient(const Params& params, BatchView<T, Shape<out>> dy, BatchView<T, Input> dx,
                                     StepContext<T> context) {
      context.scratch.share(dy.size, steps, [&](int first, int samples, T* numbers) {
        kernels::matmul_transposed_b(samples, in, out, dy[first], params.weight.data(), kernels::Start<T>::zero(),
                                     dx[first], numbers);
      });
    }
  };

  template <class Writer>
  static constexpr void describe(Writer& writer) {
    writer << "Dense<" << out << ">";
  }

  static_assert(outputs > 0, "mica::Dense: the number of outputs must be at least 1.");
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
