#include "row_normalization.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace kernels {

MICA_INSTANTIATE_ROW_NORMALIZATION(float)

}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
