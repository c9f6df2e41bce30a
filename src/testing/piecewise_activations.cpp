#include "reference.hpp"

#include "../kernels/piecewise_activations.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace kernels {

MICA_INSTANTIATE_PIECEWISE_ACTIVATIONS(double)

}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
