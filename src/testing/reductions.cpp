#include "reference.hpp"

#include "../kernels/reductions.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace kernels {

MICA_INSTANTIATE_REDUCTIONS(double)

}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
