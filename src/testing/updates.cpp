#include "reference.hpp"

#include "../kernels/updates.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace kernels {

MICA_INSTANTIATE_UPDATES(double)

}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
