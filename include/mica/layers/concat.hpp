#pragma once

#include <utility>

#include <mica/layers/path.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// Branch: layers that see the same input as the other branches of a Concat; Branch<> hands it on as it is.
// Memory: none; only a list.
template <class... Layers>
struct Branch {
  template <class T, class Input>
  using On = Path<T, Input, Layers...>;
  template <class Writer>
  static constexpr void describe(Writer& writer) {
    describe_composite<Layers...>(writer, "Branch");
  }
};

// The same shape with another last extent.
template <int last, class Indices, class Input>
struct ReplaceLastExtent;
template <int last, int... i, class Input>
struct ReplaceLastExtent<last, std::integer_sequence<int, i...>, Input> {
  using Type = Shape<Input::extent(i)..., last>;
};
template <class Input, int last>
using WithLastExtent = typename ReplaceLastExtent<last, std::make_integer_sequence<int, Input::rank - 1>, Input>::Type;

// What branches bound to one input give together.
template <class First, class... Bound>
struct Concatenated {
  static constexpr int count = 1 + static_cast<int>(sizeof...(Bound));
  static constexpr int channels[count] = {First::Output::extent(First::Output::rank - 1),
                                          Bound::Output::extent(Bound::Output::rank - 1)...};
  static constexpr int channels_before(int branch) {
    int sum = 0;
    for (int i = 0; i < branch; ++i) sum += channels[i];
    return sum;
  }
  static constexpr int pixels = First::Output::size / channels[0];
  using Output = WithLastExtent<typename First::Output, channels_before(count)>;

  template <class Image, class... Others>
  struct FitTogether {
    static_assert((std::is_same_v<Image, Others> && ...),
                  "mica::Concat: the branches must end in shapes that differ only in their channels, the last extent.");
  };
  using Fit = FitTogether<WithLastExtent<typename First::Output, 1>, WithLastExtent<typename Bound::Output, 1>...>;
};

// Concat: branches side by side, their outputs one behind the other along the channels.
//   y = [f_1(x), f_2(x), ...]        dx = the sum of the branches' dx, in their order
//   Concat<Branch<Conv2d<8, 1>, ReLU>, Branch<Conv2d<16, 3, Same>, ReLU>, Branch<>>
// Shape: any -> the branches' shape, with the sum of their channels. Params, Stats, Cache: the branches', one after the
// other.
// Memory: that of the branches; scratch for one branch's outputs at a time, in training also for its dy and its dx.
// Errors: branches whose shapes differ in more than their channels do not compile.
// Paper: Szegedy and others, "Going deeper with convolutions", 2014, arXiv:1409.4842.
template <class... Branches>
struct Concat {
  template <class Input, class T = float>
  struct On : LayerDefaults<On<Input, T>, Input,
                            typename Concatenated<typename Branches::template On<T, Input>...>::Output, T> {
    using Shapes = Concatenated<typename Branches::template On<T, Input>...>;
    using Output = typename Shapes::Output;
    static_assert(sizeof(typename Shapes::Fit) > 0, "");  // NOLINT(bugprone-sizeof-expression)
    using Parts = TypeList<typename Branches::template On<T, Input>...>;
    static constexpr int branches = static_cast<int>(sizeof...(Branches));
    using Indices = std::make_integer_sequence<int, branches>;
    template <int i>
    using BranchAt = typename decltype(numbered_layer<i>(
        NumberedLayers<Indices, typename Branches::template On<T, Input>...>{}))::Type;

    struct Params : Slots<Indices, typename Branches::template On<T, Input>::Params...> {};
    struct Stats : Slots<Indices, typename Branches::template On<T, Input>::Stats...> {};
    template <int batch>
    struct Cache : Slots<Indices, typename Branches::template On<T, Input>::template Cache<batch>...> {};

    static constexpr bool needs_input = (Branches::template On<T, Input>::needs_input || ...);
    static constexpr bool needs_output = (Branches::template On<T, Input>::needs_output || ...);
    static constexpr bool trains_differently = (Branches::template On<T, Input>::trains_differently || ...);
    static constexpr Activation activation = BranchAt<0>::activation;

    // Per sample: one branch's outputs; in training its y, if it is read, and its dy, and all dx but the first.
    static constexpr int widest = largest({Branches::template On<T, Input>::Output::size...});
    static constexpr int other_dx = branches > 1 ? Input::size : 0;
    static constexpr int infer_scratch(int batch) {
      return batch * widest + largest({Branches::template On<T, Input>::infer_scratch(batch)...});
    }
    static constexpr int train_scratch(int batch) {
      return batch * (widest * (needs_output ? 2 : 1) + other_dx) +
             largest({Branches::template On<T, Input>::train_scratch(batch)...});
    }
    static constexpr int shared_scratch(int batch) {
      return largest({Branches::template On<T, Input>::shared_scratch(batch)...});
    }

    static void initialize(Params& params, Stats& stats, Activation next, Random random) {
      initialize_all(params, stats, next, random, Indices{});
    }
    static void infer(const Params& params, const Stats& stats, BatchView<const T, Input> x, BatchView<T, Output> y,
                      Scratch<T> scratch) {
      infer_all(params, stats, x, y, scratch, Indices{});
    }
    template <int batch>
    static void forward(const Params& params, Stats& stats, Cache<batch>& cache, BatchView<const T, Input> x,
                        BatchView<T, Output> y, StepContext<T> context) {
      forward_all(params, stats, cache, x, y, context, Indices{});
    }
    template <int batch>
    static void backward(const Params& params, Params& gradient, const Cache<batch>& cache, BatchView<const T, Input> x,
                         BatchView<const T, Output> y, BatchView<T, Output> dy, BatchView<T, Input> dx,
                         StepContext<T> context) {
      backward_all<batch>(params, gradient, cache, x, y, dy, dx, context, Indices{});
    }

   private:
    template <int i>
    static void put(const T* branch, BatchView<T, Output> y) {
      constexpr int columns = Shapes::channels[i], all = Shapes::channels_before(branches);
      kernels::copy_columns(y.size * Shapes::pixels, columns, branch, columns, y.data + Shapes::channels_before(i),
                            all);
    }
    template <int i>
    static void take(BatchView<const T, Output> y, T* branch) {
      constexpr int columns = Shapes::channels[i], all = Shapes::channels_before(branches);
      kernels::copy_columns(y.size * Shapes::pixels, columns, y.data + Shapes::channels_before(i), all, branch,
                            columns);
    }

    template <int... i>
    static void initialize_all(Params& params, Stats& stats, Activation next, Random random,
                               std::integer_sequence<int, i...>) {
      (BranchAt<i>::initialize(item_at<i>(params), item_at<i>(stats), next, random.fork(i)), ...);
    }
    template <int... i>
    static void infer_all(const Params& params, const Stats& stats, BatchView<const T, Input> x, BatchView<T, Output> y,
                          Scratch<T> scratch, std::integer_sequence<int, i...>) {
      const int n = x.size;
      const Scratch<T> inner = scratch.after(n * widest);
      ((BranchAt<i>::infer(item_at<i>(params), item_at<i>(stats), x, {scratch, n}, inner), put<i>(scratch, y)), ...);
    }
    template <class Cache, int... i>
    static void forward_all(const Params& params, Stats& stats, Cache& cache, BatchView<const T, Input> x,
                            BatchView<T, Output> y, StepContext<T> context, std::integer_sequence<int, i...>) {
      const int n = x.size;
      const Scratch<T> inner = context.scratch.after(n * widest);
      ((BranchAt<i>::forward(item_at<i>(params), item_at<i>(stats), item_at<i>(cache), x,
                             BatchView<T, typename BranchAt<i>::Output>{context.scratch, n},
                             StepContext<T>{inner, context.random.fork(i)}),
        put<i>(context.scratch, y)),
       ...);
    }
    template <int batch, int... i>
    static void backward_all(const Params& params, Params& gradient, const Cache<batch>& cache,
                             BatchView<const T, Input> x, BatchView<const T, Output> y, BatchView<T, Output> dy,
                             BatchView<T, Input> dx, StepContext<T> context, std::integer_sequence<int, i...>) {
      (backward_branch<batch, i>(item_at<i>(params), item_at<i>(gradient), item_at<i>(cache), x, y, dy, dx, context),
       ...);
    }
    template <int batch, int i, class BranchParams, class BranchCache>
    static void backward_branch(const BranchParams& params, BranchParams& gradient, const BranchCache& cache,
                                BatchView<const T, Input> x, BatchView<const T, Output> y, BatchView<T, Output> dy,
                                BatchView<T, Input> dx, StepContext<T> context) {
      using B = BranchAt<i>;
      const int n = x.size;
      T* const branch_dy = context.scratch;
      T* const branch_y = branch_dy + n * widest;
      T* const second_dx = branch_y + (needs_output ? n * widest : 0);
      const Scratch<T> inner = context.scratch.after(n * (widest * (needs_output ? 2 : 1) + other_dx));
      take<i>(dy, branch_dy);
      if (B::needs_output) take<i>(y, branch_y);
      T* const branch_dx = i == 0 || dx.data == nullptr ? dx.data : second_dx;
      B::template backward<batch>(params, gradient, cache, x, {branch_y, n}, {branch_dy, n}, {branch_dx, n},
                                  StepContext<T>{inner, context.random.fork(i)});
      if (i > 0 && dx.data != nullptr) kernels::add(dx.count(), second_dx, dx.data);
    }
  };

  template <class Writer>
  static constexpr void describe(Writer& writer) {
    describe_composite<Branches...>(writer, "Concat");
  }

  static_assert(sizeof...(Branches) > 0, "mica::Concat: there must be at least one Branch<...>.");
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
