#pragma once

#include <utility>

#include <mica/chain.hpp>
#include <mica/layers/concat.hpp>
#include <mica/layers/residual.hpp>
#include <mica/quiet.hpp>
#include <mica/sequential.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// A layer bound to its input as a Frozen one runs it.
template <class Layer, class Input, class T>
using AsAtTestTime = typename Quiet<FrozenAverages, Layer>::template On<Input, T>;

// Frozen: a layer that does not learn. In training it does what it does at test time: no dropout, running averages.
//   y = infer(x),   dx = dy through the layer
// Its parameters count as statistics: saved with the model, but without gradient, optimizer state or decay. What lies
// below the lowest layer that learns is never gone back through, so that nothing is kept there: the last layers of a
// network are trained in the memory that they alone take. FreezeFirst freezes the beginning of a network; copy_weights
// carries numbers between a network and its frozen form.
// A Frozen layer above one that learns hands dx down. Dense, convolutions and BatchNorm do this without more; others
// work out their parameters' gradient in scratch and leave it there.
// Shape: the layer's. Params: none. Stats: the layer's Params, then its Stats. Cache: the layer's, and where its
// parameters are; none below the lowest layer that learns.
// Memory: the layer's parameters and statistics.
// Errors: a layer of one's own that trains differently does not compile, because nothing tells what it does when it does
// not train.
template <class Layer>
struct Frozen {
  template <bool value>
  struct IsQuiet {
    static_assert(value, "mica::Frozen: this layer behaves differently in training, and has no other form to freeze.");
  };

  template <class Input, class T = float>
  struct On : LayerDefaults<On<Input, T>, Input, typename AsAtTestTime<Layer, Input, T>::Output, T> {
    using Inner = AsAtTestTime<Layer, Input, T>;
    using Output = typename Inner::Output;
    using Params = typename LayerDefaults<On, Input, Output, T>::Params;
    static constexpr int parameters = parameter_count<Inner>;
    static constexpr bool discards_gradient = parameters > 0 && !has_input_gradient<Inner>;
    static_assert(sizeof(IsQuiet<!Inner::trains_differently>) > 0, "");  // NOLINT(bugprone-sizeof-expression)

    struct Stats : Slots<std::make_integer_sequence<int, 2>, typename Inner::Params, typename Inner::Stats> {};
    template <int batch>
    struct Cache : Slot<0, typename Inner::template Cache<batch>, Stats> {
      const typename Inner::Params* params;
    };

    static constexpr bool in_place = Inner::in_place;
    static constexpr bool keeps_values = Inner::keeps_values;
    static constexpr bool changes_dy = Inner::changes_dy;
    static constexpr bool needs_input = Inner::needs_input && !has_input_gradient<Inner>;
    static constexpr bool needs_output = Inner::needs_output && !has_input_gradient<Inner>;
    static constexpr Activation activation = Inner::activation;
    static constexpr int infer_scratch(int batch) { return Inner::infer_scratch(batch); }
    static constexpr int train_scratch(int batch) {
      return Inner::train_scratch(batch) + (discards_gradient ? parameters : 0);
    }
    static constexpr int shared_scratch(int batch) { return Inner::shared_scratch(batch); }

    static void initialize(Params&, Stats& stats, Activation next, Random random) {
      Inner::initialize(item_at<0>(stats), item_at<1>(stats), next, random);
    }
    static void infer(const Params&, const Stats& stats, BatchView<const T, Input> x, BatchView<T, Output> y,
                      Scratch<T> scratch) {
      Inner::infer(item_at<0>(stats), item_at<1>(stats), x, y, scratch);
    }
    template <int batch>
    static void forward(const Params&, Stats& stats, Cache<batch>& cache, BatchView<const T, Input> x,
                        BatchView<T, Output> y, StepContext<T> context) {
      cache.params = &item_at<0>(stats);
      Inner::forward(item_at<0>(stats), item_at<1>(stats), item_at<0>(cache), x, y, context);
    }
    template <int batch>
    static void backward(const Params&, Params&, const Cache<batch>& cache, BatchView<const T, Input> x,
                         BatchView<const T, Output> y, BatchView<T, Output> dy, BatchView<T, Input> dx,
                         StepContext<T> context) {
      if (dx.data == nullptr) return;
      if constexpr (has_input_gradient<Inner>) {
        Inner::input_gradient(*cache.params, item_at<0>(cache), dy, dx, context);
      } else if constexpr (discards_gradient) {
        T* const gradient = context.scratch;
        for (int i = 0; i < parameters; ++i) gradient[i] = 0;
        Inner::backward(*cache.params, *reinterpret_cast<typename Inner::Params*>(gradient), item_at<0>(cache), x, y,
                        dy, dx, StepContext<T>{context.scratch.after(parameters), context.random});
      } else {
        typename Inner::Params none;
        Inner::backward(*cache.params, none, item_at<0>(cache), x, y, dy, dx, context);
      }
    }
  };

  template <class Writer>
  static constexpr void describe(Writer& writer) {
    writer << "Frozen<";
    Layer::describe(writer);
    writer << ">";
  }
};

// What is made of layers is frozen layer by layer.
template <class Layer>
struct FrozenLayer {
  using Type = Frozen<Layer>;
};
template <class... Layers>
struct FrozenLayer<Shortcut<Layers...>> {
  using Type = Shortcut<typename FrozenLayer<Layers>::Type...>;
};
template <class... Layers>
struct FrozenLayer<Branch<Layers...>> {
  using Type = Branch<typename FrozenLayer<Layers>::Type...>;
};
template <class... Layers>
struct Frozen<Residual<Layers...>> : Residual<typename FrozenLayer<Layers>::Type...> {};
template <class... Branches>
struct Frozen<Concat<Branches...>> : Concat<typename FrozenLayer<Branches>::Type...> {};
template <class Layer>
struct Frozen<Frozen<Layer>> : Frozen<Layer> {};

template <int count, class Net, class Indices>
struct FreezingFirst;
template <int count, class First, class... Layers, int... i>
struct FreezingFirst<count, Sequential<First, Layers...>, std::integer_sequence<int, i...>> {
  using Type = Sequential<First, std::conditional_t<(i < count), Frozen<Layers>, Layers>...>;
};

// FreezeFirst: the network with its first `count` layers frozen.
//   using Tuned = mica::FreezeFirst<6, Net>;
template <int count, class Net>
using FreezeFirst = typename FreezingFirst<count, Net, std::make_integer_sequence<int, Net::Bound::layers>>::Type;

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
