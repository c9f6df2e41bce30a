#include "smooth_activations.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace kernels {

MICA_INSTANTIATE_SMOOTH_ACTIVATIONS(float)

}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
