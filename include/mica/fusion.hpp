#pragma once

#include <mica/fusion_part.hpp>
#include <mica/namespace.hpp>
#include <mica/pooled_convolution.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

template <class T, class InputShape, class... Bound>
struct BoundLayers;

// How many layers at the front of a list become one: a convolution, a ReLU and a max pool, or only the first and last.
template <class... Bound>
constexpr int layers_to_fuse() {
  const FusionPart parts[] = {fusion_part<Bound>..., FusionPart::none, FusionPart::none};
  if (parts[0] != FusionPart::convolution) return 1;
  if (parts[1] == FusionPart::max_pool) return 2;
  return parts[1] == FusionPart::rectifier && parts[2] == FusionPart::max_pool ? 3 : 1;
}

// Moves bound layers from the second argument on into the list.
template <class Done, class... Rest>
struct FuseLayers {
  using Type = Done;
};
template <int count, class Done, class... Rest>
struct FuseFirst;
template <class Done, class First, class... Rest>
struct FuseLayers<Done, First, Rest...> : FuseFirst<layers_to_fuse<First, Rest...>(), Done, First, Rest...> {};

template <class T, class Shape, class... Done, class First, class... Rest>
struct FuseFirst<1, BoundLayers<T, Shape, Done...>, First, Rest...>
    : FuseLayers<BoundLayers<T, Shape, Done..., First>, Rest...> {};
template <class T, class Shape, class... Done, class Convolution, class Pool, class... Rest>
struct FuseFirst<2, BoundLayers<T, Shape, Done...>, Convolution, Pool, Rest...>
    : FuseLayers<BoundLayers<T, Shape, Done..., PooledConvolution<Convolution, Pool, false>,
                             Absorbed<Pool, typename Pool::Output>>,
                 Rest...> {};
template <class T, class Shape, class... Done, class Convolution, class ReLU, class Pool, class... Rest>
struct FuseFirst<3, BoundLayers<T, Shape, Done...>, Convolution, ReLU, Pool, Rest...>
    : FuseLayers<BoundLayers<T, Shape, Done..., PooledConvolution<Convolution, Pool, true>,
                             Absorbed<ReLU, typename Pool::Output>, Absorbed<Pool, typename Pool::Output>>,
                 Rest...> {};

// Fused: a list of bound layers in which a convolution with its ReLU and max pool has become a PooledConvolution, with an
// Absorbed in place of each of the others. Numbers of layers, parameters and initial values stay what they were, and so
// does every bit of the results; only the values between those layers are no longer there.
// Memory: none; types only.
template <class Layers>
struct FusedLayers;
template <class T, class Shape, class... Bound>
struct FusedLayers<BoundLayers<T, Shape, Bound...>> : FuseLayers<BoundLayers<T, Shape>, Bound...> {};
template <class Layers>
using Fused = typename FusedLayers<Layers>::Type;

// The bound layer that stands for a layer as the user wrote it, for instance to ask for its output's shape.
template <class Bound, class = void>
struct AsWrittenOf {
  using Type = Bound;
};
template <class Bound>
struct AsWrittenOf<Bound, std::void_t<typename Bound::AsWritten>> {
  using Type = typename Bound::AsWritten;
};
template <class Bound>
using AsWritten = typename AsWrittenOf<Bound>::Type;

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
