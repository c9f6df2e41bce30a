#pragma once

#include <mica/layers/alpha_dropout.hpp>
#include <mica/layers/batch_norm.hpp>
#include <mica/layers/dropout.hpp>
#include <mica/layers/gaussian_noise.hpp>
#include <mica/layers/identity.hpp>
#include <mica/layers/spatial_dropout.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// The layer that takes a layer's place where nothing may be random: noise is off, and BatchNorm keeps Averages.
template <class Averages, class Layer>
struct QuietLayer {
  using Type = Layer;
};
template <class Averages, class Layer>
using Quiet = typename QuietLayer<Averages, Layer>::Type;

template <class Averages, class Others, class Added>
struct QuietLayer<Averages, BatchNorm<Others, Added>> {
  using Type = BatchNorm<Averages, Added>;
};
struct NoNoise {
  using Type = Identity;
};
template <class Averages, int numerator, int denominator>
struct QuietLayer<Averages, Dropout<numerator, denominator>> : NoNoise {};
template <class Averages, int numerator, int denominator>
struct QuietLayer<Averages, SpatialDropout<numerator, denominator>> : NoNoise {};
template <class Averages, int numerator, int denominator>
struct QuietLayer<Averages, AlphaDropout<numerator, denominator>> : NoNoise {};
template <class Averages, int numerator, int denominator>
struct QuietLayer<Averages, GaussianNoise<numerator, denominator>> : NoNoise {};
// Whatever is made of layers.
template <class Averages, template <class...> class Composite, class... Layers>
struct QuietLayer<Averages, Composite<Layers...>> {
  using Type = Composite<Quiet<Averages, Layers>...>;
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
