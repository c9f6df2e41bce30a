#include <mica/square_root.hpp>

#include "../ports/native.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

float square_root(float x) { return ports::Scalar::sqrt(x); }

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
