#include "reference.hpp"

#include "../kernels/activations.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace kernels {

MICA_INSTANTIATE_ACTIVATIONS(double)

}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
