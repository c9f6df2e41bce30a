#include "reference.hpp"

#include "../kernels/arrays.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace kernels {

MICA_INSTANTIATE_ARRAYS(double)

}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
