#pragma once

#include <utility>

#include <mica/layers/path.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// Shortcut: the layers on the way around a Residual, written as its first entry. Memory: none; only a list.
template <class... Layers>
struct Shortcut {
  template <class Writer>
  static constexpr void describe(Writer& writer) {
    describe_composite<Layers...>(writer, "Shortcut");
  }
};

// Residual: layers with a way around them.
//   y = f(x) + x                        dx = f's dx + dy
//   y = f(x) + p(x)                     with layers p on the way around, of which the first entry tells:
//     Residual<Shortcut<Conv2d<32, 1, Valid, 2>>, Conv2d<32, 3, Same, 2>, ReLU, Conv2d<32, 3, Same>>
// An activation behind the sum is written behind the Residual.
// Shape: any -> that of f, which must be that of x or of p(x). Params, Stats: f's, then p's. Cache: theirs, and f(x) or
// p(x) where their own backward reads it.
// Memory: that of f and p; scratch for one batch of outputs where p has layers or f's backward writes over dy, and for
// one batch of inputs in training where p has layers.
// Errors: ends that differ in shape do not compile.
// Paper: He, Zhang, Ren, Sun, "Deep residual learning for image recognition", 2015, arXiv:1512.03385.
template <class... Layers>
struct Residual : Residual<Shortcut<>, Layers...> {
  template <class Writer>
  static constexpr void describe(Writer& writer) {
    describe_composite<Layers...>(writer, "Residual");
  }
};

template <class... Around, class... Layers>
struct Residual<Shortcut<Around...>, Layers...> {
  template <class Inner, class OtherWay>
  struct EndsMeet {
    static_assert(std::is_same_v<Inner, OtherWay>,
                  "mica::Residual: the layers must end in the shape that comes around them. Keep the shape, or put a "
                  "Shortcut<...> that changes it likewise in front.");
    static constexpr bool value = true;
  };

  template <class Input, class T = float>
  struct On : LayerDefaults<On<Input, T>, Input, typename Path<T, Input, Layers...>::Output, T> {
    using F = Path<T, Input, Layers...>;
    using P = Path<T, Input, Around...>;
    using Output = typename F::Output;
    using Parts = TypeList<F, P>;
    static_assert(EndsMeet<Output, typename P::Output>::value, "");
    using Both = std::make_integer_sequence<int, 2>;
    static constexpr bool plain = sizeof...(Around) == 0;

    struct Params : Slots<Both, typename F::Params, typename P::Params> {};
    struct Stats : Slots<Both, typename F::Stats, typename P::Stats> {};
    static constexpr bool keeps_f = F::needs_output, keeps_p = !plain && P::needs_output;
    template <int batch>
    struct Cache : Slots<Both, typename F::template Cache<batch>, typename P::template Cache<batch>>,
                   Values<T, batch * Output::size*(int{keeps_f} + int{keeps_p})> {};

    static constexpr bool changes_dy = F::changes_dy || P::changes_dy;
    static constexpr bool needs_input = F::needs_input || P::needs_input;
    static constexpr bool trains_differently = F::trains_differently || P::trains_differently;
    static constexpr Activation activation = F::activation;
    // Backward of f comes first, so that p, or the sum, needs dy as it was.
    static constexpr int copied_dy = F::changes_dy ? Output::size : 0;
    static constexpr int second_dx = plain ? 0 : Input::size;
    static constexpr int infer_scratch(int batch) {
      return batch * (plain ? 0 : Output::size) + largest({F::infer_scratch(batch), P::infer_scratch(batch)});
    }
    static constexpr int train_scratch(int batch) {
      return batch * largest({plain ? 0 : Output::size, copied_dy + second_dx}) +
             largest({F::train_scratch(batch), P::train_scratch(batch)});
    }
    static constexpr int shared_scratch(int batch) {
      return largest({F::shared_scratch(batch), P::shared_scratch(batch)});
    }

    static void initialize(Params& params, Stats& stats, Activation next, Random random) {
      F::initialize(item_at<0>(params), item_at<0>(stats), next, random.fork(0));
      P::initialize(item_at<1>(params), item_at<1>(stats), next, random.fork(1));
    }

    static void infer(const Params& params, const Stats& stats, BatchView<const T, Input> x, BatchView<T, Output> y,
                      Scratch<T> scratch) {
      T* const sum = plain ? nullptr : scratch;
      const Scratch<T> inner = scratch.after(plain ? 0 : y.count());
      F::infer(item_at<0>(params), item_at<0>(stats), x, y, inner);
      if constexpr (plain) {
        kernels::add(y.count(), x.data, y.data);
      } else {
        P::infer(item_at<1>(params), item_at<1>(stats), x, BatchView<T, Output>{sum, x.size}, inner);
        kernels::add(y.count(), sum, y.data);
      }
    }

    template <int batch>
    static void forward(const Params& params, Stats& stats, Cache<batch>& cache, BatchView<const T, Input> x,
                        BatchView<T, Output> y, StepContext<T> context) {
      const Scratch<T> inner = context.scratch.after(plain ? 0 : y.count());
      const BatchView<T, Output> f{keeps_f ? cache.data() : y.data, x.size};
      F::forward(item_at<0>(params), item_at<0>(stats), item_at<0>(cache), x, f,
                 StepContext<T>{inner, context.random.fork(0)});
      kernels::move<T>(y.count(), f.data, y.data);
      if constexpr (plain) {
        kernels::add(y.count(), x.data, y.data);
      } else {
        const BatchView<T, Output> p{keeps_p ? kept_p(cache) : static_cast<T*>(context.scratch), x.size};
        P::forward(item_at<1>(params), item_at<1>(stats), item_at<1>(cache), x, p,
                   StepContext<T>{inner, context.random.fork(1)});
        kernels::add(y.count(), p.data, y.data);
      }
    }

    template <int batch>
    static void backward(const Params& params, Params& gradient, const Cache<batch>& cache, BatchView<const T, Input> x,
                         BatchView<const T, Output>, BatchView<T, Output> dy, BatchView<T, Input> dx,
                         StepContext<T> context) {
      const int n = x.size;
      BatchView<T, Output> dy_around = dy;
      if (copied_dy > 0) {
        dy_around.data = context.scratch;
        kernels::move<T>(dy.count(), dy.data, dy_around.data);
      }
      T* const other_dx = context.scratch + n * copied_dy;
      const Scratch<T> inner = context.scratch.after(n * (copied_dy + second_dx));
      F::template backward<batch>(item_at<0>(params), item_at<0>(gradient), item_at<0>(cache), x,
                                  {keeps_f ? cache.data() : nullptr, n}, dy, dx,
                                  StepContext<T>{inner, context.random.fork(0)});
      if constexpr (plain) {
        if (dx.data != nullptr) kernels::add(dx.count(), dy_around.data, dx.data);
      } else {
        P::template backward<batch>(
            item_at<1>(params), item_at<1>(gradient), item_at<1>(cache), x, {keeps_p ? kept_p(cache) : nullptr, n},
            dy_around, {dx.data != nullptr ? other_dx : nullptr, n}, StepContext<T>{inner, context.random.fork(1)});
        if (dx.data != nullptr) kernels::add(dx.count(), other_dx, dx.data);
      }
    }

   private:
    template <int batch>
    static T* kept_p(Cache<batch>& cache) {
      return cache.data() + batch * Output::size * int{keeps_f};
    }
    template <int batch>
    static const T* kept_p(const Cache<batch>& cache) {
      return cache.data() + batch * Output::size * int{keeps_f};
    }
  };

  template <class Writer>
  static constexpr void describe(Writer& writer) {
    describe_composite<Shortcut<Around...>, Layers...>(writer, "Residual");
  }
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
