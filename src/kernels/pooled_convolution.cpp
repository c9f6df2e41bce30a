#include "pooled_convolution.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace kernels {

MICA_INSTANTIATE_POOLED_CONVOLUTION(float)

}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
