// Makes plain C++ the port that the library is built for.
#pragma once

#include "port.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace ports {

using Native = Scalar;

}  // namespace ports
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
