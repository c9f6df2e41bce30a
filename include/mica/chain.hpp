#pragma once

#include <utility>

#include <mica/chain_plan.hpp>
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
struct Slots<std::integer_sequence<int, i...>, Items...> : Slot<i, Items>... {};

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

// Where backward puts the gradient of each layer: into one struct for all. A sink of another kind may hand out the same
// memory for every layer and use each gradient up when it is complete.
template <class Params>
struct WholeGradient {
  Params& gradient;
  template <int i>
  auto& of_layer() {
    return item_at<i>(gradient);
  }
  template <int i>
  void complete() {}
};

template <class T, class InputShape, class Layers>
struct ChainOf;

// Chain: layers one after the other, itself a layer.
//   forward: y = f_L(... f_2(f_1(x)))     backward: the same way back, each layer's dx is the dy of the one before it
// Shape: Input -> the last layer's Output. Params, Stats: the layers' own, side by side as one block.
// Cache: the layers' own, and the values between layers that backward will read; layers that work in place share them.
// Memory: sizeof(Params), sizeof(Cache<batch>), infer_scratch and train_scratch; all constexpr.
template <class T, class InputShape, class... Layers>
using Chain = ChainOf<T, InputShape, decltype((BoundLayers<T, InputShape>{} + ... + static_cast<Layers*>(nullptr)))>;

template <class T, class InputShape, class OutputShape, class... Bound>
struct ChainOf<T, InputShape, BoundLayers<T, OutputShape, Bound...>>
    : LayerDefaults<ChainOf<T, InputShape, BoundLayers<T, OutputShape, Bound...>>, InputShape, OutputShape, T> {
  static constexpr int layers = static_cast<int>(sizeof...(Bound));
  using Indices = std::make_integer_sequence<int, layers>;
  using Plan = ChainPlan<InputShape, Bound...>;
  template <int i>
  using LayerAt = typename decltype(numbered_layer<i>(NumberedLayers<Indices, Bound...>{}))::Type;

  struct Params : Slots<Indices, typename Bound::Params...> {};
  struct Stats : Slots<Indices, typename Bound::Stats...> {};
  template <int batch>
  struct Cache : Slots<Indices, typename Bound::template Cache<batch>...>, Values<T, batch * Plan::kept.total> {};

  static constexpr bool needs_input = Plan::properties[0].needs_input;
  static constexpr bool needs_output = Plan::properties[layers - 1].needs_output;
  static constexpr bool changes_dy = Plan::changes_dy(layers - 1);
  static constexpr bool trains_differently = (Bound::trains_differently || ...);
  static constexpr Activation activation = Plan::activation_after(-1, {Activation::transparent, 0});
  static constexpr int infer_scratch(int batch) {
    return batch * Plan::infer.total + largest({Bound::infer_scratch(batch)...});
  }
  static constexpr int train_scratch(int batch) {
    return batch * Plan::gradient.total + largest({Bound::train_scratch(batch)...});
  }

  static void initialize(Params& params, Stats& stats, Activation next, Random random) {
    initialize_all(params, stats, next, random, Indices{});
  }
  static void infer(const Params& params, const Stats& stats, BatchView<const T, InputShape> x,
                    BatchView<T, OutputShape> y, T* scratch) {
    infer_all(params, stats, x, y, scratch, Indices{});
  }
  template <int batch>
  static void forward(const Params& params, Stats& stats, Cache<batch>& cache, BatchView<const T, InputShape> x,
                      BatchView<T, OutputShape> y, StepContext<T> context) {
    forward_all<batch>(params, stats, cache, x, y, context, Indices{});
  }
  template <int batch>
  static void backward(const Params& params, Params& gradient, const Cache<batch>& cache,
                       BatchView<const T, InputShape> x, BatchView<const T, OutputShape> y,
                       BatchView<T, OutputShape> dy, BatchView<T, InputShape> dx, StepContext<T> context) {
    WholeGradient<Params> sink{gradient};
    backward_into<batch>(params, sink, cache, x, y, dy, dx, context);
  }
  // The same with a sink: for each layer from the last to the first, sink.of_layer<i>() is what its gradient is added
  // to, and sink.complete<i>() is called when nothing reads that layer's parameters any more in this pass.
  template <int batch, class Sink>
  static void backward_into(const Params& params, Sink& sink, const Cache<batch>& cache,
                            BatchView<const T, InputShape> x, BatchView<const T, OutputShape> y,
                            BatchView<T, OutputShape> dy, BatchView<T, InputShape> dx, StepContext<T> context) {
    backward_all<batch>(params, sink, cache, x, y, dy, dx, context, Indices{});
  }

 private:
  // The values at boundary i, with `samples` as the stride between places.
  template <class U, int i>
  static U* at(const typename Plan::Layout& layout, U* input, U* output, U* memory, int samples) {
    const Place place = layout.places[i];
    if (place.owner == Place::input) return input;
    return place.owner == Place::output ? output : memory + place.offset * samples;
  }

  template <int... i>
  static void initialize_all(Params& params, Stats& stats, Activation next, Random random,
                             std::integer_sequence<int, i...>) {
    (Bound::initialize(item_at<i>(params), item_at<i>(stats), Plan::activation_after(i, next), random.fork(i)), ...);
  }

  template <int... i>
  static void infer_all(const Params& params, const Stats& stats, BatchView<const T, InputShape> x,
                        BatchView<T, OutputShape> y, T* scratch, std::integer_sequence<int, i...>) {
    const int n = x.size;
    T* const for_layer = scratch + n * Plan::infer.total;
    (Bound::infer(item_at<i>(params), item_at<i>(stats), {at<const T, i>(Plan::infer, x.data, y.data, scratch, n), n},
                  {at<T, i + 1>(Plan::infer, nullptr, y.data, scratch, n), n}, for_layer),
     ...);
  }

  template <int batch, int... i>
  static void forward_all(const Params& params, Stats& stats, Cache<batch>& cache, BatchView<const T, InputShape> x,
                          BatchView<T, OutputShape> y, StepContext<T> context, std::integer_sequence<int, i...>) {
    T* const kept = cache.data();
    (Bound::forward(
         item_at<i>(params), item_at<i>(stats), item_at<i>(cache),
         BatchView<const T, typename Bound::Input>{at<const T, i>(Plan::kept, x.data, y.data, kept, batch), x.size},
         BatchView<T, typename Bound::Output>{at<T, i + 1>(Plan::kept, nullptr, y.data, kept, batch), x.size},
         StepContext<T>{context.scratch, context.random.fork(i)}),
     ...);
  }

  template <int batch, class Sink, int... i>
  static void backward_all(const Params& params, Sink& sink, const Cache<batch>& cache,
                           BatchView<const T, InputShape> x, BatchView<const T, OutputShape> y,
                           BatchView<T, OutputShape> dy, BatchView<T, InputShape> dx, StepContext<T> context,
                           std::integer_sequence<int, i...>) {
    (backward_layer<batch, layers - 1 - i>(params, sink, cache, x, y, dy, dx, context), ...);
  }

  template <int batch, int i, class Sink>
  static void backward_layer(const Params& params, Sink& sink, const Cache<batch>& cache,
                             BatchView<const T, InputShape> x, BatchView<const T, OutputShape> y,
                             BatchView<T, OutputShape> dy, BatchView<T, InputShape> dx, StepContext<T> context) {
    using L = LayerAt<i>;
    if (i < Plan::first_trained() && dx.data == nullptr) return;
    const int n = x.size;
    const T* const kept = cache.data();
    T* const memory = context.scratch;
    const bool want_dx = i > Plan::first_trained() || dx.data != nullptr;
    T* const to = want_dx ? at<T, i>(Plan::gradient, dx.data, dy.data, memory, n) : nullptr;
    L::backward(item_at<i>(params), sink.template of_layer<i>(), item_at<i>(cache),
                BatchView<const T, typename L::Input>{at<const T, i>(Plan::kept, x.data, y.data, kept, batch), n},
                BatchView<const T, typename L::Output>{at<const T, i + 1>(Plan::kept, x.data, y.data, kept, batch), n},
                BatchView<T, typename L::Output>{at<T, i + 1>(Plan::gradient, dx.data, dy.data, memory, n), n},
                BatchView<T, typename L::Input>{to, n},
                StepContext<T>{memory + n * Plan::gradient.total, context.random.fork(i)});
    sink.template complete<i>();
  }
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
