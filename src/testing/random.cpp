#include "reference.hpp"

#include "../kernels/random.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace kernels {

MICA_INSTANTIATE_RANDOM(double)

}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
