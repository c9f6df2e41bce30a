#pragma once

#include <mica/initializers.hpp>
#include <mica/layer.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// Which time steps a time step may look at: all of them, or itself and those before it.
struct NoMask {
  static constexpr bool causal = false;
};
struct Causal {
  static constexpr bool causal = true;
};

// SelfAttention: multi-head scaled dot-product attention of a sequence to itself.
//   (q, k, v) = x w + b;   for each head, on its own d = features / heads columns of q, k and v:
//   p = softmax(q transposed(k) / sqrt(d)) by rows,   context = p v;   y = context w_o + b_o
// backward: dcontext = dy transposed(w_o),   dv = transposed(p) dcontext,   dp = dcontext transposed(v)
//   ds = p (dp - sum of p dp by rows),   dq = ds k / sqrt(d),   dk = transposed(ds) q / sqrt(d)
//   dx = (dq, dk, dv) transposed(w)
// q is divided before the product with k. With Causal, p is exactly 0 where a row must not look. p is never kept:
// backward computes it again, 16 rows at a time.
// Shape: [time][features], kept.
// Params: weight [features][3 features] (columns q, k, v, in each head after head; Xavier normal), bias [3 features]
// (0), output_weight [features][features], output_bias [features] (0). From PyTorch's MultiheadAttention:
// transposed(in_proj_weight), in_proj_bias, transposed(out_proj.weight), out_proj.bias. Stats: none.
// Cache: q / sqrt(d), k, v and context, [time][4][features].
// Fan-in and fan-out: features and features of each of the four maps.
// Memory: 16 features (features + 1) bytes of parameters, 16 batch time features in training; scratch for the
// projections of one sample and 16 rows of scores, whatever the batch.
// Errors: an input without two extents, or features that the heads do not divide, do not compile.
// Paper: Vaswani and others, "Attention is all you need", 2017, arXiv:1706.03762.
template <int heads, class Mask = NoMask, class WeightInitializer = XavierNormal<>, class OutputInitializer = Auto>
struct SelfAttention {
  template <class Input, class T = float>
  struct On : LayerDefaults<On<Input, T>, Input, Input, T> {
    using Stats = typename LayerDefaults<On, Input, Input, T>::Stats;
    static constexpr int time = Input::extent(0);
    static constexpr int features = Input::size / time;
    static constexpr Fan fan = {features, features};
    static constexpr bool needs_input = true;
    static constexpr Activation activation = {Activation::weights, 0};
    static_assert(Input::rank == 2, "mica::SelfAttention: the input must have two extents: time and features.");
    static_assert(heads > 0 && features % (heads > 0 ? heads : 1) == 0,
                  "mica::SelfAttention: the number of heads must divide the number of features.");

    struct Params {
      Tensor<T, features, 3 * features> weight;
      Tensor<T, 3 * features> bias;
      Tensor<T, features, features> output_weight;
      Tensor<T, features> output_bias;
    };
    template <int batch>
    struct Cache {
      Tensor<T, batch, time, 3 * features> projected;
      Tensor<T, batch, time, features> context;
    };
    static constexpr kernels::Attention sizes = {time, features, heads > 0 ? heads : 1, Mask::causal};
    static constexpr int projected_size = 3 * time * features;
    static constexpr int context_size = time * features;
    static constexpr int infer_scratch(int) {
      return projected_size + context_size + with_panel(sizes.forward_scratch());
    }
    static constexpr int train_scratch(int) {
      return projected_size + context_size + with_panel(sizes.backward_scratch());
    }

    static void initialize(Params& params, Stats&, Activation next, Random random) {
      WeightInitializer::fill(params.weight.data(), features, 3 * features, fan, next, random.fork(0));
      OutputInitializer::fill(params.output_weight.data(), features, features, fan, next, random.fork(1));
      for (T& bias : params.bias.values) bias = 0;
      for (T& bias : params.output_bias.values) bias = 0;
    }

    static void infer(const Params& params, const Stats&, BatchView<const T, Input> x, BatchView<T, Input> y,
                      T* scratch) {
      T* const context = scratch + projected_size;
      for (int sample = 0; sample < x.size; ++sample) {
        run(params, x[sample], scratch, context, y[sample], context + context_size);
      }
    }
    template <int batch>
    static void forward(const Params& params, Stats&, Cache<batch>& cache, BatchView<const T, Input> x,
                        BatchView<T, Input> y, StepContext<T> context) {
      for (int sample = 0; sample < x.size; ++sample) {
        run(params, x[sample], cache.projected.data() + sample * projected_size,
            cache.context.data() + sample * context_size, y[sample], context.scratch);
      }
    }

    template <int batch>
    static void backward(const Params& params, Params& gradient, const Cache<batch>& cache, BatchView<const T, Input> x,
                         BatchView<const T, Input>, BatchView<T, Input> dy, BatchView<T, Input> dx,
                         StepContext<T> context) {
      using Start = kernels::Start<T>;
      T* const dprojected = context.scratch;
      T* const dcontext = dprojected + projected_size;
      T* const scratch = dcontext + context_size;
      T *const dw = gradient.weight.data(), *const dw_output = gradient.output_weight.data();
      const int rows = x.size * time;
      kernels::matmul_transposed_a(features, features, rows, cache.context.data(), dy.data,
                                   Start::matrix(dw_output, features), dw_output, scratch);
      kernels::add_rows(rows, features, dy.data, gradient.output_bias.data());
      for (int sample = 0; sample < x.size; ++sample) {
        kernels::matmul_transposed_b(time, features, features, dy[sample], params.output_weight.data(), Start::zero(),
                                     dcontext, scratch);
        kernels::attend_backward(sizes, cache.projected.data() + sample * projected_size, dcontext, dprojected,
                                 scratch);
        kernels::matmul_transposed_a(features, 3 * features, time, x[sample], dprojected,
                                     Start::matrix(dw, 3 * features), dw, scratch);
        kernels::add_rows(time, 3 * features, dprojected, gradient.bias.data());
        if (dx.data == nullptr) continue;
        kernels::matmul_transposed_b(time, features, 3 * features, dprojected, params.weight.data(), Start::zero(),
                                     dx[sample], scratch);
      }
    }

   private:
    static constexpr int with_panel(int numbers) {
      return numbers > kernels::panel_size ? numbers : kernels::panel_size;
    }
    // One sample.
    static void run(const Params& params, const T* x, T* projected, T* context, T* y, T* scratch) {
      using Start = kernels::Start<T>;
      kernels::matmul(time, 3 * features, features, x, params.weight.data(), Start::row(params.bias.data()), projected,
                      scratch);
      kernels::attend(sizes, projected, context, scratch);
      kernels::matmul(time, features, features, context, params.output_weight.data(),
                      Start::row(params.output_bias.data()), y, scratch);
    }
  };

  template <class Writer>
  static constexpr void describe(Writer& writer) {
    writer << "SelfAttention<" << heads << (Mask::causal ? ", Causal>" : ">");
  }
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
