#include <mica/data/rotate.hpp>

#include "../../ports/scalar/port.hpp"
#include "../kernels/sine.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace {

float sine(std::uint32_t angle) {
  return kernels::sine_of_quarters<ports::Scalar>(kernels::quarter_turns<float>(angle));
}

}  // namespace

void Rotate::move(AffineMap& map, Random random) const {
  // A cosine is a sine a quarter of a turn later.
  const std::uint32_t drawn = angle(random);
  map.rotate(sine(drawn), sine(drawn + (1u << 30)));
}

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
