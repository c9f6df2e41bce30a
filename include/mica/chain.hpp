#pragma once

#include <type_traits>
#include <utility>

#include <mica/chain_plan.hpp>
#include <mica/fusion.hpp>
#include <mica/layer.hpp>
#include <mica/slot.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// BoundLayers: a list of layers of which each is bound to the output shape of the one before it; + appends one.
template <class T, class InputShape, class... Bound>
struct BoundLayers {
  template <class Layer>
  constexpr auto operator+(Layer*) const {
    using Next = typename Layer::template On<InputShape, T>;
    return BoundLayers<T, typename Next::Output, Bound..., Next>{};
  }
};

// A struct made of one slot per layer.
template <class Indices, class... Items>
struct Slots;
template <int... i, class... Items>
struct Slots<std::integer_sequence<int, i...>, Items...>
    : Slot<i, Items, Slots<std::integer_sequence<int, i...>, Items...>>... {};

template <int number, class Bound>
struct NumberedLayer {
  using Type = Bound;
};
template <class Indices, class... Bound>
struct NumberedLayers;
template <int... i, class... Bound>
struct NumberedLayers<std::integer_sequence<int, i...>, Bound...> : NumberedLayer<i, Bound>... {};
template <int number, class Bound>
NumberedLayer<number, Bound> numbered_layer(NumberedLayer<number, Bound>);

// A list of types.
template <class... Type>
struct TypeList {};

struct NothingKept {};

// Where backward puts the gradient of each layer: into one struct for all. A sink of another kind may hand out the same
// memory for every layer and use each gradient up when it is complete.
template <class Params>
struct WholeGradient {
  static constexpr bool takes_parts = false;
  Params& gradient;
  template <int i>
  auto& of_layer() {
    return item_at<i>(gradient);
  }
  template <int i>
  void complete() {}
};

// Where forward says that a layer is done, to somebody who watches: watch.after_layer<i>(y).
struct NobodyWatches {
  template <int i, class Values>
  void after_layer(Values) {}
};
// Where backward says that it comes to a layer, to a sink that wants to know: sink.before_backward<i>(dy).
template <class Sink, class = void>
constexpr bool watches_backward = false;
template <class Sink>
constexpr bool watches_backward<Sink, std::void_t<typename Sink::Observed>> = true;

template <bool input_gradient, class T, class InputShape, class Layers>
struct ChainOf;

// Chain: layers one after the other, itself a layer.
//   forward: y = f_L(... f_2(f_1(x)))     backward: the same way back, each layer's dx is the dy of the one before it
// Shape: Input -> the last layer's Output. Params, Stats: the layers' own, side by side as one block.
// Cache: the layers' own, and the values between layers that backward will read; layers that work in place share them.
// Memory: sizeof(Params), sizeof(Cache<batch>), infer_scratch and train_scratch; all constexpr.
template <class T, class InputShape, class... Layers>
using BoundInTurn = decltype((BoundLayers<T, InputShape>{} + ... + static_cast<Layers*>(nullptr)));
template <class T, class InputShape, class... Layers>
using Chain = ChainOf<true, T, InputShape, Fused<BoundInTurn<T, InputShape, Layers...>>>;

// The same for a whole network, whose dx nobody wants: dx.data is null, and nothing is kept below the lowest layer that
// learns.
template <class T, class InputShape, class... Layers>
using WholeChain = ChainOf<false, T, InputShape, Fused<BoundInTurn<T, InputShape, Layers...>>>;

template <bool input_gradient, class T, class InputShape, class OutputShape, class... Bound>
struct ChainOf<input_gradient, T, InputShape, BoundLayers<T, OutputShape, Bound...>>
    : LayerDefaults<ChainOf<input_gradient, T, InputShape, BoundLayers<T, OutputShape, Bound...>>, InputShape,
                    OutputShape, T> {
  static constexpr int layers = static_cast<int>(sizeof...(Bound));
  using Indices = std::make_integer_sequence<int, layers>;
  using Parts = TypeList<Bound...>;
  using Plan = ChainPlan<input_gradient, InputShape, Bound...>;
  template <int i>
  using LayerAt = typename decltype(numbered_layer<i>(NumberedLayers<Indices, Bound...>{}))::Type;

  // A layer that nothing comes back to keeps nothing, unless its forward is not its infer.
  template <int batch, class Numbers>
  struct CachesOf;
  template <int batch, int... i>
  struct CachesOf<batch, std::integer_sequence<int, i...>> {
    using Type =
        Slots<Indices, std::conditional_t<Plan::only_infers(i), NothingKept, typename Bound::template Cache<batch>>...>;
  };

  struct Params : Slots<Indices, typename Bound::Params...> {};
  struct Stats : Slots<Indices, typename Bound::Stats...> {};
  template <int batch>
  struct Cache : CachesOf<batch, Indices>::Type, Values<T, batch * Plan::forward.kept> {};

  static constexpr bool needs_input = Plan::properties[0].needs_input;
  static constexpr bool needs_output = Plan::in_place_but_kept().output_read;
  static constexpr bool changes_dy = Plan::changes_dy(layers - 1);
  static constexpr bool trains_differently = (Bound::trains_differently || ...);
  static constexpr Activation activation = Plan::activation_after(-1, {Activation::transparent, 0});
  static constexpr int infer_scratch(int batch) {
    return batch * Plan::infer.turns + largest({Bound::infer_scratch(batch)...});
  }
  static constexpr int train_scratch(int batch) { return train_scratch_of(batch, Indices{}); }
  static constexpr int shared_scratch(int batch) { return largest({Bound::shared_scratch(batch)...}); }

  static void initialize(Params& params, Stats& stats, Activation next, Random random) {
    initialize_all(params, stats, next, random, Indices{});
  }
  static void infer(const Params& params, const Stats& stats, BatchView<const T, InputShape> x,
                    BatchView<T, OutputShape> y, Scratch<T> scratch) {
    infer_all(params, stats, x, y, scratch, Indices{});
  }
  template <class Watch>
  static void infer_watched(const Params& params, const Stats& stats, BatchView<const T, InputShape> x,
                            BatchView<T, OutputShape> y, Scratch<T> scratch, Watch& watch) {
    infer_all_watched(params, stats, x, y, scratch, watch, Indices{});
  }
  template <int batch>
  static void forward(const Params& params, Stats& stats, Cache<batch>& cache, BatchView<const T, InputShape> x,
                      BatchView<T, OutputShape> y, StepContext<T> context) {
    NobodyWatches nobody;
    forward_all<batch>(params, stats, cache, x, y, context, nobody, Indices{});
  }
  template <int batch, class Watch>
  static void forward_watched(const Params& params, Stats& stats, Cache<batch>& cache, BatchView<const T, InputShape> x,
                              BatchView<T, OutputShape> y, StepContext<T> context, Watch& watch) {
    forward_all<batch>(params, stats, cache, x, y, context, watch, Indices{});
  }
  // One layer of it, for a pass in slices.
  template <int batch>
  static void forward_slice(int layer, const Params& params, Stats& stats, Cache<batch>& cache,
                            BatchView<const T, InputShape> x, BatchView<T, OutputShape> y, StepContext<T> context) {
    forward_one(layer, params, stats, cache, x, y, context, Indices{});
  }
  template <int batch>
  static void backward(const Params& params, Params& gradient, const Cache<batch>& cache,
                       BatchView<const T, InputShape> x, BatchView<const T, OutputShape> y,
                       BatchView<T, OutputShape> dy, BatchView<T, InputShape> dx, StepContext<T> context) {
    WholeGradient<Params> sink{gradient};
    backward_into<batch>(params, sink, cache, x, y, dy, dx, context);
  }
  // In a whole network, gradients take the place of values in the cache that nothing reads any more.
  template <int batch>
  static void backward(const Params& params, Params& gradient, Cache<batch>& cache, BatchView<const T, InputShape> x,
                       BatchView<const T, OutputShape> y, BatchView<T, OutputShape> dy, BatchView<T, InputShape> dx,
                       StepContext<T> context) {
    WholeGradient<Params> sink{gradient};
    backward_into<batch>(params, sink, cache, x, y, dy, dx, context);
  }
  // The same with a sink: for each layer from the last to the first, sink.of_layer<i>() is what its gradient is added
  // to, and sink.complete<i>() is called when nothing reads that layer's parameters any more in this pass. A sink that
  // takes_parts hands out sink.parts_of<i>() instead to layers that go back in parts.
  template <int batch, class Sink, class AnyCache>
  static void backward_into(const Params& params, Sink& sink, AnyCache& cache, BatchView<const T, InputShape> x,
                            BatchView<const T, OutputShape> y, BatchView<T, OutputShape> dy,
                            BatchView<T, InputShape> dx, StepContext<T> context) {
    backward_all<batch>(params, sink, cache, x, y, dy, dx, context, Indices{});
  }
  // One layer of it.
  template <int batch, class Sink>
  static void backward_slice(int layer, const Params& params, Sink& sink, Cache<batch>& cache,
                             BatchView<const T, InputShape> x, BatchView<const T, OutputShape> y,
                             BatchView<T, OutputShape> dy, BatchView<T, InputShape> dx, StepContext<T> context) {
    backward_one(layer, params, sink, cache, x, y, dy, dx, context, Indices{});
  }

 private:
  template <int... i>
  static constexpr int train_scratch_of(int batch, std::integer_sequence<int, i...>) {
    return batch * largest({Plan::forward.turns, Plan::gradient.turns}) +
           largest({(Plan::only_infers(i) ? Bound::infer_scratch(batch) : Bound::train_scratch(batch))...});
  }

  // Memory that a layout's places lie in.
  template <class U>
  struct Memory {
    U *input, *output, *kept, *turns;
    int kept_samples, samples;  // the strides between places
  };
  // The values at boundary i.
  template <int i, class U>
  static U* at(const typename Plan::Layout& layout, Memory<U> memory) {
    const Place place = layout.places[i];
    switch (place.owner) {
      case Place::input:
        return memory.input;
      case Place::output:
        return memory.output;
      case Place::kept:
        return memory.kept + place.offset * memory.kept_samples;
      case Place::turns:
        break;
    }
    return memory.turns + place.offset * memory.samples;
  }

  template <int... i>
  static void initialize_all(Params& params, Stats& stats, Activation next, Random random,
                             std::integer_sequence<int, i...>) {
    (Bound::initialize(item_at<i>(params), item_at<i>(stats), Plan::activation_after(i, next), random.fork(i)), ...);
  }

  // Not the form below with a watcher that does nothing: of a deep network the compiler then makes twice the code.
  template <int... i>
  static void infer_all(const Params& params, const Stats& stats, BatchView<const T, InputShape> x,
                        BatchView<T, OutputShape> y, Scratch<T> scratch, std::integer_sequence<int, i...>) {
    const int n = x.size;
    const Memory<T> memory{nullptr, y.data, nullptr, scratch, n, n};
    const Scratch<T> for_layer = scratch.after(n * Plan::infer.turns);
    (Bound::infer(item_at<i>(params), item_at<i>(stats), {i == 0 ? x.data : at<i>(Plan::infer, memory), n},
                  {at<i + 1>(Plan::infer, memory), n}, for_layer),
     ...);
  }

  template <class Watch, int... i>
  static void infer_all_watched(const Params& params, const Stats& stats, BatchView<const T, InputShape> x,
                                BatchView<T, OutputShape> y, Scratch<T> scratch, Watch& watch,
                                std::integer_sequence<int, i...>) {
    const int n = x.size;
    const Memory<T> memory{nullptr, y.data, nullptr, scratch, n, n};
    const Scratch<T> for_layer = scratch.after(n * Plan::infer.turns);
    const auto infer = [&](auto index) {
      constexpr int layer = decltype(index)::value;
      using L = LayerAt<layer>;
      const BatchView<T, typename L::Output> to{at<layer + 1>(Plan::infer, memory), n};
      L::infer(item_at<layer>(params), item_at<layer>(stats), {layer == 0 ? x.data : at<layer>(Plan::infer, memory), n},
               to, for_layer);
      watch.template after_layer<layer>(BatchView<const T, typename L::Output>(to));
    };
    (infer(std::integral_constant<int, i>{}), ...);
  }

  template <int batch, class Watch, int... i>
  static void forward_all(const Params& params, Stats& stats, Cache<batch>& cache, BatchView<const T, InputShape> x,
                          BatchView<T, OutputShape> y, StepContext<T> context, Watch& watch,
                          std::integer_sequence<int, i...>) {
    (forward_layer<batch, i>(params, stats, cache, x, y, context, watch), ...);
  }

  template <int batch, int... i>
  static void forward_one(int layer, const Params& params, Stats& stats, Cache<batch>& cache,
                          BatchView<const T, InputShape> x, BatchView<T, OutputShape> y, StepContext<T> context,
                          std::integer_sequence<int, i...>) {
    NobodyWatches nobody;
    ((i == layer ? forward_layer<batch, i>(params, stats, cache, x, y, context, nobody) : void()), ...);
  }

  template <int batch, int i, class Watch>
  static void forward_layer(const Params& params, Stats& stats, Cache<batch>& cache, BatchView<const T, InputShape> x,
                            BatchView<T, OutputShape> y, StepContext<T> context, Watch& watch) {
    using L = LayerAt<i>;
    const int n = x.size;
    const Memory<T> memory{nullptr, y.data, cache.data(), context.scratch, batch, n};
    const Scratch<T> for_layer = context.scratch.after(n * Plan::forward.turns);
    const BatchView<const T, typename L::Input> from{i == 0 ? x.data : at<i>(Plan::forward, memory), n};
    const BatchView<T, typename L::Output> to{at<i + 1>(Plan::forward, memory), n};
    if constexpr (Plan::only_infers(i)) {
      L::infer(item_at<i>(params), item_at<i>(stats), from, to, for_layer);
    } else {
      L::forward(item_at<i>(params), item_at<i>(stats), item_at<i>(cache), from, to,
                 StepContext<T>{for_layer, context.random.fork(i)});
    }
    watch.template after_layer<i>(BatchView<const T, typename L::Output>(to));
  }

  template <int batch, class Sink, class AnyCache, int... i>
  static void backward_all(const Params& params, Sink& sink, AnyCache& cache, BatchView<const T, InputShape> x,
                           BatchView<const T, OutputShape> y, BatchView<T, OutputShape> dy, BatchView<T, InputShape> dx,
                           StepContext<T> context, std::integer_sequence<int, i...>) {
    (backward_layer<batch, layers - 1 - i>(params, sink, cache, x, y, dy, dx, context), ...);
  }

  template <int batch, class Sink, int... i>
  static void backward_one(int layer, const Params& params, Sink& sink, Cache<batch>& cache,
                           BatchView<const T, InputShape> x, BatchView<const T, OutputShape> y,
                           BatchView<T, OutputShape> dy, BatchView<T, InputShape> dx, StepContext<T> context,
                           std::integer_sequence<int, i...>) {
    ((i == layer ? backward_layer<batch, i>(params, sink, cache, x, y, dy, dx, context) : void()), ...);
  }

  template <int batch, int i, class Sink, class AnyCache>
  static void backward_layer(const Params& params, Sink& sink, AnyCache& cache, BatchView<const T, InputShape> x,
                             BatchView<const T, OutputShape> y, BatchView<T, OutputShape> dy,
                             BatchView<T, InputShape> dx, StepContext<T> context) {
    using L = LayerAt<i>;
    if constexpr (i >= Plan::first_backward) {
      if (i < Plan::first_trained() && dx.data == nullptr) return;
      const int n = x.size;
      const Memory<const T> values{x.data, y.data, cache.data(), nullptr, batch, n};
      T* over_values = nullptr;
      if constexpr (!input_gradient) over_values = cache.data();
      const Memory<T> gradients{dx.data, dy.data, over_values, context.scratch, batch, n};
      const bool want_dx = i > Plan::first_trained() || dx.data != nullptr;
      const BatchView<const T, typename L::Input> from{at<i>(Plan::forward, values), n};
      const BatchView<const T, typename L::Output> to{at<i + 1>(Plan::forward, values), n};
      const BatchView<T, typename L::Output> dto{at<i + 1>(Plan::gradient, gradients), n};
      const BatchView<T, typename L::Input> dfrom{want_dx ? at<i>(Plan::gradient, gradients) : nullptr, n};
      const StepContext<T> for_layer{context.scratch.after(n * Plan::gradient.turns), context.random.fork(i)};
      if constexpr (watches_backward<Sink>) {
        sink.template before_backward<i>(BatchView<const T, typename L::Output>(dto));
      }
      if constexpr (Sink::takes_parts && goes_back_in_parts<L>) {
        L::backward_in_parts(item_at<i>(params), sink.template parts_of<i>(), item_at<i>(cache), from, to, dto, dfrom,
                             for_layer);
      } else {
        L::backward(item_at<i>(params), sink.template of_layer<i>(), item_at<i>(cache), from, to, dto, dfrom,
                    for_layer);
        sink.template complete<i>();
      }
    }
  }
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
