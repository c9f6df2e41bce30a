// The port that computes numbers of type T: the native one for float. The library mica_testing adds one for double.
#pragma once

#include "../../ports/native.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace kernels {

template <class T>
struct PortOfType;
template <>
struct PortOfType<float> {
  using Type = ports::Native;
};
template <class T>
using PortOf = typename PortOfType<T>::Type;

}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
