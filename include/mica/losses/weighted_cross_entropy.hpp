#pragma once

#include <mica/losses/smoothed_cross_entropy.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// WeightedCrossEntropy: SoftmaxCrossEntropy where classes weigh differently, for classes with few samples:
// WeightedCrossEntropy<1, 5, 2> for three classes. It is SmoothedCrossEntropy without smoothing; see there.
// Memory: 4 bytes of scratch per sample, and 4 bytes of flash per class.
template <int... weights>
struct WeightedCrossEntropy : SmoothedCrossEntropy<0, 1, weights...> {
  template <class Writer>
  static constexpr void describe(Writer& writer) {
    writer << "WeightedCrossEntropy<";
    int place = 0;
    ((writer << (place++ == 0 ? "" : ", ") << weights), ...);
    writer << ">";
  }

  static_assert(sizeof...(weights) > 1, "mica::WeightedCrossEntropy: one weight for each of at least two classes.");
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
