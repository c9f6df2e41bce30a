#pragma once

#include <type_traits>

#include <mica/layers/batch_norm.hpp>
#include <mica/layers/conv1d.hpp>
#include <mica/layers/conv2d.hpp>
#include <mica/layers/dense.hpp>
#include <mica/layers/depthwise_conv2d.hpp>
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
struct IsBatchNorm : std::false_type {};
template <class Averages>
struct IsBatchNorm<BatchNorm<Averages>> : std::true_type {};

template <class... Layers>
struct LayerList {};

// Moves layers from the second argument on into the first list, without the BatchNorms that can be folded.
template <class Kept, class... Layers>
struct FoldLayers;
template <class... Kept>
struct FoldLayers<LayerList<Kept...>> {
  using Type = Sequential<Kept...>;
};
template <class... Kept, class Layer, class... Rest>
struct FoldLayers<LayerList<Kept...>, Layer, Rest...> : FoldLayers<LayerList<Kept..., Layer>, Rest...> {};
template <class... Kept, class Layer, class Averages, class... Rest>
struct FoldLayers<LayerList<Kept...>, Layer, BatchNorm<Averages>, Rest...>
    : std::conditional_t<TakesBatchNorm<Layer>::value, FoldLayers<LayerList<Kept..., Layer>, Rest...>,
                         FoldLayers<LayerList<Kept..., Layer>, BatchNorm<Averages>, Rest...>> {};

template <class Net>
struct Folding;

// Folded: the network without the BatchNorms that follow a Dense or a convolution directly, for inference.
template <class Net>
using Folded = typename Folding<Net>::Type;

// How the numbers of a network become those of the folded one, layer by layer.
template <class First, class... Layers>
struct Folding<Sequential<First, Layers...>> {
  using Net = Sequential<First, Layers...>;
  using Type = typename FoldLayers<LayerList<First>, Layers...>::Type;
  static constexpr int layers = static_cast<int>(sizeof...(Layers));
  static constexpr bool takes[layers + 1] = {TakesBatchNorm<Layers>::value..., false};
  static constexpr bool is_batch_norm[layers + 1] = {IsBatchNorm<Layers>::value..., false};

  // From layer i on, which becomes layer j.
  template <int i, int j>
  static void fold_from(const Model<Net>& model, Model<Type>& folded) {
    if constexpr (i < layers) {
      constexpr bool together = takes[i] && is_batch_norm[i + 1];
      if constexpr (together) {
        fold_layer(item_at<i>(model.params()), item_at<i + 1>(model.params()), item_at<i + 1>(model.stats()),
                   item_at<j>(folded.params()));
      } else {
        item_at<j>(folded.params()) = item_at<i>(model.params());
        item_at<j>(folded.stats()) = item_at<i>(model.stats());
      }
      fold_from<i + (together ? 2 : 1), j + 1>(model, folded);
    }
  }

 private:
  // a = scale / sqrt(variance + epsilon),   weight' = weight a,   bias' = (bias - mean) a + shift
  template <class Params, class NormParams, class NormStats>
  static void fold_layer(const Params& params, const NormParams& norm, const NormStats& averages, Params& folded) {
    constexpr int outputs = decltype(Params::bias)::size;
    constexpr int rows = decltype(Params::weight)::size / outputs;
    float* const factor = folded.bias.data();
    kernels::inverse_deviation(outputs, averages.variance.data(), BatchNorm<>::epsilon, factor);
    kernels::scale_columns(1, outputs, norm.scale.data(), factor, factor);
    kernels::scale_columns(rows, outputs, factor, params.weight.data(), folded.weight.data());
    kernels::normalize_columns(1, outputs, params.bias.data(), averages.mean.data(), averages.remainder.data(), factor,
                               norm.shift.data(), factor);
  }
};

// fold: writes a trained model without its BatchNorms: each is folded into the Dense, Conv1d, Conv2d or
// DepthwiseConv2d in front of it, whose weights and bias take over its scale, shift and running averages. The folded
// model predicts the same to a few roundings and is smaller and faster; a BatchNorm that follows something else stays.
//   static mica::Model<mica::Folded<Net>> folded;
//   mica::fold(model, folded);
// Memory: none but the folded model.
template <class Net>
void fold(const Model<Net>& model, Model<Folded<Net>>& folded) {
  Folding<Net>::template fold_from<0, 0>(model, folded);
}

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
