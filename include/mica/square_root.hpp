#pragma once

#include <mica/namespace.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// The correctly rounded square root, without libm also where the processor has none.
float square_root(float x);

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
