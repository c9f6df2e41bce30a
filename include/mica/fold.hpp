#pragma once

#include <type_traits>

#include <mica/layers/batch_norm.hpp>
#include <mica/layers/concat.hpp>
#include <mica/layers/conv1d.hpp>
#include <mica/layers/conv2d.hpp>
#include <mica/layers/dense.hpp>
#include <mica/layers/depthwise_conv2d.hpp>
#include <mica/layers/residual.hpp>
#include <mica/model.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// Whether a BatchNorm behind this layer can be folded into it: its Params are weight [...][outputs] and bias [outputs],
// and its output is linear in them.
template <class Layer>
struct TakesBatchNorm : std::false_type {};
template <int outputs, class... Initializers>
struct TakesBatchNorm<Dense<outputs, Initializers...>> : std::true_type {};
template <int outputs, int kernel, class Padding, int stride, int dilation, class... Initializers>
struct TakesBatchNorm<Conv2d<outputs, kernel, Padding, stride, dilation, Initializers...>> : std::true_type {};

template <int outputs, int kernel, class Padding, int stride, int dilation, class... Initializers>
struct TakesBatchNorm<Conv1d<outputs, kernel, Padding, stride, dilation, Initializers...>> : std::true_type {};
template <int kernel, class Padding, int stride, int dilation, int multiplier, class... Initializers>
struct TakesBatchNorm<DepthwiseConv2d<kernel, Padding, stride, dilation, multiplier, Initializers...>>
    : std::true_type {};

template <class Layer>
struct IsBatchNorm : std::false_type {
  static constexpr float epsilon = 0;
};
template <class Averages, class Added>
struct IsBatchNorm<BatchNorm<Averages, Added>> : std::true_type {
  static constexpr float epsilon = Added::value;
};

// A layer as it stands in the folded network, and its numbers there. What is made of layers is folded inside.
template <class Layer>
struct FoldedLayer {
  using Type = Layer;
  template <class Params, class Stats>
  static void fold(const Params& params, const Stats& stats, Params& folded_params, Stats& folded_stats) {
    folded_params = params;
    folded_stats = stats;
  }
};

template <class... Layers>
struct LayerList {
  template <template <class...> class Composite>
  using In = Composite<Layers...>;
};

// Moves layers from the second argument on into the first list, without the BatchNorms that can be folded.
template <class Kept, class... Layers>
struct FoldLayers {
  using Type = Kept;
};
template <class... Kept, class Layer, class... Rest>
struct FoldLayers<LayerList<Kept...>, Layer, Rest...>
    : FoldLayers<LayerList<Kept..., typename FoldedLayer<Layer>::Type>, Rest...> {};
template <class... Kept, class Layer, class Averages, class Added, class... Rest>
struct FoldLayers<LayerList<Kept...>, Layer, BatchNorm<Averages, Added>, Rest...>
    : std::conditional_t<
          TakesBatchNorm<Layer>::value, FoldLayers<LayerList<Kept..., Layer>, Rest...>,
          FoldLayers<LayerList<Kept..., typename FoldedLayer<Layer>::Type>, BatchNorm<Averages, Added>, Rest...>> {};

// How the numbers of layers in a row become those of the folded row.
template <class... Layers>
struct ChainFolding {
  using Type = typename FoldLayers<LayerList<>, Layers...>::Type;
  static constexpr int layers = static_cast<int>(sizeof...(Layers));
  static constexpr bool takes[layers + 1] = {TakesBatchNorm<Layers>::value..., false};
  static constexpr bool is_batch_norm[layers + 1] = {IsBatchNorm<Layers>::value..., false};
  static constexpr float epsilons[layers + 1] = {IsBatchNorm<Layers>::epsilon..., 0};
  using Numbered = NumberedLayers<std::make_integer_sequence<int, layers>, FoldedLayer<Layers>...>;

  // From layer i on, which becomes layer j.
  template <int i = 0, int j = 0, class Params, class Stats, class FoldedParams, class FoldedStats>
  static void fold(const Params& params, const Stats& stats, FoldedParams& folded_params, FoldedStats& folded_stats) {
    if constexpr (i < layers) {
      constexpr bool together = takes[i] && is_batch_norm[i + 1];
      if constexpr (together) {
        fold_layer(item_at<i>(params), item_at<i + 1>(params), item_at<i + 1>(stats), epsilons[i + 1],
                   item_at<j>(folded_params));
      } else {
        using Layer = typename decltype(numbered_layer<i>(Numbered{}))::Type;
        Layer::fold(item_at<i>(params), item_at<i>(stats), item_at<j>(folded_params), item_at<j>(folded_stats));
      }
      fold<i + (together ? 2 : 1), j + 1>(params, stats, folded_params, folded_stats);
    }
  }

 private:
  // a = scale / sqrt(variance + epsilon),   weight' = weight a,   bias' = (bias - mean) a + shift
  template <class Params, class NormParams, class NormStats>
  static void fold_layer(const Params& params, const NormParams& norm, const NormStats& averages, float epsilon,
                         Params& folded) {
    constexpr int outputs = decltype(Params::bias)::size;
    constexpr int rows = decltype(Params::weight)::size / outputs;
    float* const factor = folded.bias.data();
    kernels::inverse_deviation(outputs, averages.variance.data(), epsilon, factor);
    kernels::scale_columns(1, outputs, norm.scale.data(), factor, factor);
    kernels::scale_columns(rows, outputs, factor, params.weight.data(), folded.weight.data());
    kernels::normalize_columns(1, outputs, params.bias.data(), averages.mean.data(), averages.remainder.data(), factor,
                               norm.shift.data(), factor);
  }
};

template <class... Layers>
struct FoldedLayer<Shortcut<Layers...>> : ChainFolding<Layers...> {
  using Type = typename ChainFolding<Layers...>::Type::template In<Shortcut>;
};
template <class... Layers>
struct FoldedLayer<Branch<Layers...>> : ChainFolding<Layers...> {
  using Type = typename ChainFolding<Layers...>::Type::template In<Branch>;
};
template <class... Branches>
struct FoldedLayer<Concat<Branches...>> : ChainFolding<Branches...> {
  using Type = Concat<typename FoldedLayer<Branches>::Type...>;
};
template <class... Around, class... Layers>
struct FoldedLayer<Residual<Shortcut<Around...>, Layers...>> {
  using Type = typename ChainFolding<Shortcut<Around...>, Layers...>::Type::template In<Residual>;
  template <class Params, class Stats, class FoldedParams, class FoldedStats>
  static void fold(const Params& params, const Stats& stats, FoldedParams& folded_params, FoldedStats& folded_stats) {
    ChainFolding<Layers...>::fold(item_at<0>(params), item_at<0>(stats), item_at<0>(folded_params),
                                  item_at<0>(folded_stats));
    ChainFolding<Around...>::fold(item_at<1>(params), item_at<1>(stats), item_at<1>(folded_params),
                                  item_at<1>(folded_stats));
  }
};
template <class... Layers>
struct FoldedLayer<Residual<Layers...>> : FoldedLayer<Residual<Shortcut<>, Layers...>> {
  using Type = typename ChainFolding<Layers...>::Type::template In<Residual>;
};

template <class Net>
struct Folding;
template <class First, class... Layers>
struct Folding<Sequential<First, Layers...>> : ChainFolding<Layers...> {
  template <class... Folded>
  using Network = Sequential<First, Folded...>;
  using Type = typename ChainFolding<Layers...>::Type::template In<Network>;
};

// Folded: the network without the BatchNorms that follow a Dense or a convolution directly, for inference.
template <class Net>
using Folded = typename Folding<Net>::Type;

// fold: writes a trained model without its BatchNorms: each is folded into the Dense, Conv1d, Conv2d or
// DepthwiseConv2d in front of it, whose weights and bias take over its scale, shift and running averages, inside
// Residual and Concat too. The folded model predicts the same to a few roundings and is smaller and faster; a BatchNorm
// that follows something else stays.
//   static mica::Model<mica::Folded<Net>> folded;
//   mica::fold(model, folded);
// Memory: none but the folded model.
template <class Net>
void fold(const Model<Net>& model, Model<Folded<Net>>& folded) {
  Folding<Net>::fold(model.params(), model.stats(), folded.params(), folded.stats());
}

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
