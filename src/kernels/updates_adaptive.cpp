#include "updates_adaptive.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace kernels {

MICA_INSTANTIATE_UPDATES_ADAPTIVE(float)

}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
