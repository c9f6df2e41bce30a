#include "pooling.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace kernels {

MICA_INSTANTIATE_POOLING(float)

}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
